using LlmMetrics.Workload.Planning;

namespace LlmMetrics;

/// <summary>Plans what many users need from what one user's day was measured to be.</summary>
public static class WorkloadPlanner
{
    /// <summary>
    /// Models the day, simulates it, and finds the fewest GPUs whose P95 in the peak is within the target.
    /// </summary>
    /// <param name="measurement">What was measured.</param>
    /// <param name="options">What to plan for.</param>
    /// <param name="progress">Told how much is done, from 0 to 1; null for nobody.</param>
    /// <param name="cancellationToken">Stops the simulation.</param>
    /// <returns>
    /// The plan. A target that cannot be met is a plan too: see <see cref="WorkloadPlan.Unreachable"/>.
    /// </returns>
    /// <exception cref="WorkloadException">A figure or an option is missing or wrong; the message names it.</exception>
    public static WorkloadPlan Plan(
        WorkloadMeasurement measurement,
        WorkloadOptions options,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        ArgumentNullException.ThrowIfNull(options);
        measurement.ThrowIfInvalid();
        options.ThrowIfInvalid();
        return new PlanBuilder(measurement, options, progress, cancellationToken).Build();
    }
}
