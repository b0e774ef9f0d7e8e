using LlmMetrics.Workload.Simulation;

namespace LlmMetrics.Workload.Planning;

/// <summary>One question to the simulation: so many users, in their busiest hour, on this hardware.</summary>
internal sealed record PeakLoad
{
    private const double FewRequests = 20_000;
    private const double ManyRequests = 150_000;
    private const double MostRequests = 1_000_000;
    private const double WarmUpServiceTimes = 10;

    public required ServingModel Model { get; init; }

    public required Load Load { get; init; }

    /// <summary>Requests of one user in the busiest hour.</summary>
    public required double RequestsPerUserHour { get; init; }

    public required long Users { get; init; }

    public required double TargetSeconds { get; init; }

    public required ulong Seed { get; init; }

    public double RequestsPerSecond => RequestsPerUserHour * Users / 3600;

    /// <summary>Fewest replicas that can keep up at all.</summary>
    public int ThroughputBound =>
        (int)Math.Max(1, Math.Ceiling(RequestsPerSecond / Model.Capacity(Load.Input, Load.Output)));

    /// <summary>Simulates the peak; finely for what is reported, coarsely while searching.</summary>
    public SimulationResult Simulate(int replicas, bool fine, double maxRequests, CancellationToken cancellation)
    {
        var hour = RequestsPerUserHour * Users;
        var requests = fine
            ? Math.Clamp(hour, 2 * FewRequests, Math.Clamp(maxRequests, 2 * FewRequests, MostRequests))
            : Math.Clamp(hour, FewRequests, ManyRequests);
        var warmUp = WarmUpServiceTimes * Model.AloneSeconds(Load.Input.Mean, Load.Output.Mean);
        var timeline = Timeline.Peak(RequestsPerUserHour, Users, requests, warmUp);
        var arrivals = new ArrivalStream(timeline, Load, Users, Seed);
        return ServingSimulator.Run(Model, replicas, arrivals, timeline, cancellation);
    }
}
