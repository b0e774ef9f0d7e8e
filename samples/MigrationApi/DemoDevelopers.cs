namespace MigrationApi;

/// <summary>Developers who use the API: the load of the demo.</summary>
public sealed class DemoDevelopers(Uri address) : IDisposable
{
    private const int Developers = 12;

    // Some leave without closing their session, so that there are always a few open ones; never many.
    private const int MaxForgotten = 6;

    private readonly HttpClient _http = new() { BaseAddress = address };
    private int _forgotten;

    /// <summary>One round: every developer works through all workflows of a project.</summary>
    public Task RunAsync(int round, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(round * Developers, Developers),
        new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = cancellationToken },
        async (number, token) => await WorkAsync(number, token));

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task WorkAsync(int number, CancellationToken token)
    {
        using var opened = await _http.PostAsync(
            new Uri($"sessions?project={new string('p', (number % 3) + 1)}{number}", UriKind.Relative), null, token);
        var session = await opened.Content.ReadAsStringAsync(token);
        foreach (var workflow in Workflows.Names)
        {
            using var ran = await _http.PostAsync(
                new Uri($"sessions/{session}/workflows/{workflow}", UriKind.Relative), null, token);
        }

        if (number % 4 == 0 && Interlocked.Increment(ref _forgotten) <= MaxForgotten)
        {
            return;
        }

        using var closed = await _http.DeleteAsync(new Uri($"sessions/{session}", UriKind.Relative), token);
    }
}
