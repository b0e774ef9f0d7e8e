using LlmMetrics.Workload.Simulation;

namespace LlmMetrics.Workload.Planning;

/// <summary>Finds the fewest replicas whose P95 in the peak is within the target. Every answer is simulated.</summary>
internal sealed class ReplicaSearch(PeakLoad peak, double maxRequests, CancellationToken cancellation)
{
    private const int MaxReplicas = 100_000;
    private const double Percentile = 0.95;

    private readonly SortedDictionary<int, (double P95, double Low, double High)> _seen = [];

    /// <summary>What was simulated: P95 in seconds with its interval, by replicas.</summary>
    public IReadOnlyDictionary<int, (double P95, double Low, double High)> Seen => _seen;

    public PeakLoad Peak => peak;

    /// <summary>
    /// The fewest replicas; null if not even the largest number will do. With a tolerance, up to that share more.
    /// </summary>
    public int? Fewest(int? guess = null, double tolerance = 0)
    {
        var good = Math.Max(guess ?? 1, peak.ThroughputBound);
        var bad = 0;
        for (var step = 1; !IsEnough(good); step *= 2)
        {
            bad = good;
            good = Math.Min(good + Math.Max(step, good / 4), MaxReplicas);
            if (bad == MaxReplicas)
            {
                return null;
            }
        }

        for (var step = 1; good - bad > Math.Max(1, (int)(good * tolerance));)
        {
            // The bound is close as a rule, so one less is tried first; then ever larger steps, then halves.
            var middle = bad == 0
                ? Math.Max(1, good - Math.Max(step, (int)(good * tolerance)))
                : bad + ((good - bad) / 2);
            step *= 2;
            if (IsEnough(middle))
            {
                good = middle;
            }
            else
            {
                bad = middle;
            }
        }

        return good;
    }

    public (double P95, double Low, double High) At(int replicas)
    {
        if (!_seen.TryGetValue(replicas, out var seen))
        {
            seen = peak.Simulate(replicas, fine: false, maxRequests, cancellation).Quantile(Percentile);
            _seen.Add(replicas, seen);
        }

        return seen;
    }

    /// <summary>Puts a finer result in the place of the one that the search made do with.</summary>
    public void Confirm(SimulationResult fine) => _seen[fine.Replicas] = fine.Quantile(Percentile);

    private bool IsEnough(int replicas) => At(replicas).P95 <= peak.TargetSeconds;
}
