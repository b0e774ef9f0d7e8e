using LlmMetrics.Calls;

namespace LlmMetrics.Data;

/// <summary>Puts together what the page shows.</summary>
internal sealed class DashboardReader(LlmMetricsRuntime metrics, CallBook book)
{
    private readonly string? _activeCalls = metrics.Profiles
        .SelectMany(static profile => profile.Instruments)
        .FirstOrDefault(static instrument => instrument.Fact == FactKind.ActiveLlmCall
            && instrument.Conditions.Count == 0 && !instrument.Name.Contains('{', StringComparison.Ordinal))
        ?.Name;

    public DashboardState Read(TimeSpan window)
    {
        var resource = metrics.Resource;
        return new DashboardState(
            resource.ServiceName,
            resource.ServiceVersion,
            resource.InstanceId,
            book.StartTime,
            book.Interval.TotalSeconds,
            book.History.TotalSeconds,
            ActiveCalls(),
            book.Read(window),
            [.. metrics.GetBudgets().Select(BudgetRow.Of)]);
    }

    /// <summary>Calls under way; null if no profile counts them.</summary>
    private long? ActiveCalls()
    {
        if (_activeCalls is null)
        {
            return null;
        }

        using var snapshot = metrics.LeaseSnapshot();
        if (!snapshot.TryGetFamily(_activeCalls, out var family))
        {
            return 0;
        }

        var active = 0.0;
        foreach (var series in family)
        {
            active += series.Value;
        }

        return (long)active;
    }
}
