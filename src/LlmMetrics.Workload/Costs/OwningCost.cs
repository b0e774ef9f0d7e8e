using LlmMetrics.Workload.Planning;

namespace LlmMetrics.Workload.Costs;

/// <summary>What owning the GPUs costs by the number of users, and where it crosses a price per token.</summary>
internal sealed class OwningCost(WorkloadOptions options, UserPlanner planner)
{
    private const long MaxUsers = 1_000_000;
    private const int MaxSteps = 12;

    public IReadOnlyList<CostPoint> Curve(IReadOnlyList<long> planned)
    {
        if (options.GpuHourUsd is null)
        {
            return [];
        }

        var end = Math.Min(MaxUsers, Math.Max(1000, planned[^1] * 20));
        var users = new SortedSet<long>(planned) { 1, end };
        for (long decade = 1; decade < end; decade *= 10)
        {
            users.UnionWith(new[] { decade, 2 * decade, 5 * decade }.Where(count => count < end));
        }

        var points = new List<CostPoint>();
        int? last = null;
        foreach (var count in users)
        {
            last = planner.Replicas(count, last);
            if (last is { } replicas)
            {
                points.Add(new CostPoint(count, planner.Gpus(replicas), planner.MonthUsd(planner.Gpus(replicas))));
            }
        }

        return points;
    }

    /// <summary>The fewest users whose bill is at least the cost of their GPUs; null if there are none.</summary>
    public long? Crossing(double usdPerUserMonth, IReadOnlyList<CostPoint> curve)
    {
        if (curve.Count == 0 || usdPerUserMonth <= 0)
        {
            return null;
        }

        // The bill grows with the users and the GPUs never become fewer, so stepping up to the users who pay for the
        // GPUs of the last step ends at the first crossing.
        var users = Users(curve[0].GpuMonthUsd, usdPerUserMonth);
        var seenUpTo = curve[^1].Users;
        for (var step = 0; step < MaxSteps && users <= seenUpTo; step++)
        {
            if (planner.Replicas(users) is not { } replicas)
            {
                return null;
            }

            var needed = Users(planner.MonthUsd(planner.Gpus(replicas)), usdPerUserMonth);
            if (needed <= users)
            {
                return users;
            }

            users = needed;
        }

        return Beyond(users, usdPerUserMonth, curve[^1]);
    }

    // Beyond what was simulated GPUs are taken to grow in proportion.
    private static long? Beyond(double users, double usdPerUserMonth, CostPoint last)
    {
        var gpuUsdPerUser = last.GpuMonthUsd / last.Users;
        return users <= MaxUsers && users > last.Users && gpuUsdPerUser <= usdPerUserMonth
            ? (long)users
            : null;
    }

    private static long Users(double usd, double usdPerUser) =>
        (long)Math.Clamp(Math.Ceiling(usd / usdPerUser), 1, 2.0 * MaxUsers);
}
