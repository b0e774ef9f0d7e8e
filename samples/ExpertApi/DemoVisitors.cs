using System.Net.Http.Json;

namespace ExpertApi;

/// <summary>People who use the app: the load of the demo.</summary>
public sealed class DemoVisitors(Uri address) : IDisposable
{
    private const int Visitors = 24;

    private static readonly string[] _models = ["gpt-4o-mini", "gpt-4o", "gpt-3.5-turbo"];
    private static readonly string[] _languages = ["fr", "en", "es"];
    private static readonly string[] _sources = ["web", "mobile", "api"];
    private static readonly (string Plan, double Usd)[] _plans = [("essential", 9), ("pro", 29), ("elite", 99)];

    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>One round: every visitor comes once.</summary>
    public Task RunAsync(int round, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(round * Visitors, Visitors),
        new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = cancellationToken },
        async (number, token) => await VisitAsync(number, token));

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task VisitAsync(int number, CancellationToken token)
    {
        var question = new Question(
            $"user-{number % 40}", $"Question {number}: how do hens keep cool?", _languages[number % 3],
            _sources[number / 3 % 3], _models[number % 5 % 3]);
        await SendAsync("v1/questions", question, token);
        using var found = await _http.GetAsync(new Uri($"v1/questions/{number + 1}", UriKind.Relative), token);
        await SendAsync("v1/feedback", new Feedback(number, Positive: number % 5 != 0), token);
        if (number % 4 == 0)
        {
            await SendAsync("v1/speech", new SpokenText($"Answer {number}: hens pant and look for shade."), token);
            await SendAsync("v1/voice", new SpokenText($"Voice {number}: and at night?"), token);
        }

        if (number % 3 == 0)
        {
            // Every other payment arrives twice; the second one is refused.
            var (plan, usd) = _plans[number / 3 % 3];
            await SendAsync("v1/payments", new Payment(plan, usd, $"{Environment.ProcessId}-{number / 6}"), token);
        }
    }

    private async Task SendAsync<T>(string path, T body, CancellationToken token)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, token);
    }
}
