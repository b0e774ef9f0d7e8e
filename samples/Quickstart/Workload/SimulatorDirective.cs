namespace Quickstart.Workload;

/// <summary>
/// Tells the simulator to fall silent after the chunk at which the client is going to leave, so that both sides
/// agree on how that request ended. A real provider is never sent the header.
/// </summary>
public sealed class SimulatorDirective : DelegatingHandler
{
    private static readonly AsyncLocal<string?> _current = new();

    /// <summary>Sets the directive of the requests that the current async flow sends.</summary>
    public static void Set(WorkItem item) =>
        _current.Value = item.LeaveAfter is { } chunks ? $"stall-after={chunks}" : null;

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_current.Value is { } directive)
        {
            request.Headers.TryAddWithoutValidation("x-sim", directive);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
