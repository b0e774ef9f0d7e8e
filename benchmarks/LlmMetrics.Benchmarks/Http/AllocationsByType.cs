using System.Diagnostics.Tracing;
using System.Globalization;

namespace LlmMetrics.Benchmarks.Http;

/// <summary>
/// Which types take how much of what is allocated, from the runtime's own samples (one in 100 KB).
/// </summary>
internal sealed class AllocationsByType : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Gc = (EventKeywords)1;

    private readonly Dictionary<string, double> _bytes = new(StringComparer.Ordinal);

    /// <summary>Bytes per round of each type, the largest first.</summary>
    public static async Task<IReadOnlyList<(string Type, double Bytes)>> OfAsync(Func<Task> round, int rounds)
    {
        for (var i = 0; i < Math.Min(rounds, 2_000); i++)
        {
            await round();
        }

        using var listener = new AllocationsByType();
        for (var i = 0; i < rounds; i++)
        {
            await round();
        }

        lock (listener._bytes)
        {
            return
            [
                .. listener._bytes.Select(pair => (pair.Key, pair.Value / rounds))
                    .OrderByDescending(static pair => pair.Item2),
            ];
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime)
        {
            EnableEvents(eventSource, EventLevel.Verbose, Gc);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) != true)
        {
            return;
        }

        var amount = Convert.ToDouble(eventData.Payload![3], CultureInfo.InvariantCulture);
        var type = (string)eventData.Payload[5]!;
        lock (_bytes)
        {
            _bytes[type] = _bytes.GetValueOrDefault(type) + amount;
        }
    }
}
