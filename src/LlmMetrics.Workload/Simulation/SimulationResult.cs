namespace LlmMetrics.Workload.Simulation;

/// <summary>What a simulation saw.</summary>
internal sealed class SimulationResult(Timeline timeline, int replicas)
{
    // Two-sided 95 % point of Student's distribution for 19 degrees of freedom: the peak has 20 batches.
    private const double Student = 2.093;

    public SegmentRecord[] Segments { get; } =
        [.. Enumerable.Range(0, timeline.Segments).Select(static _ => new SegmentRecord())];

    public int Replicas { get; } = replicas;

    public Timeline Timeline { get; } = timeline;

    /// <summary>
    /// Whether the queue grew until the simulation gave up: the load is more than the replicas can do.
    /// </summary>
    public bool IsOverloaded { get; set; }

    public double BusySeconds { get; set; }

    public double Seconds { get; set; }

    /// <summary>Most key-value tokens reserved at once, over all replicas.</summary>
    public double MaxReserved { get; set; }

    /// <summary>Share of the time in which a replica works.</summary>
    public double Utilisation => BusySeconds / (Seconds * Replicas);

    public QuantileSketch All()
    {
        var all = new QuantileSketch();
        foreach (var segment in Segments)
        {
            all.Add(segment.Response);
        }

        return all;
    }

    /// <summary>A quantile with its 95 % interval by batch means.</summary>
    public (double Value, double Low, double High) Quantile(double share)
    {
        if (IsOverloaded)
        {
            return (double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
        }

        var value = All().Quantile(share);
        var batches = Segments.Where(static s => s.Response.Count > 0).Select(s => s.Response.Quantile(share)).ToList();
        var mean = batches.Average();
        var error = Math.Sqrt(
            batches.Sum(b => (b - mean) * (b - mean)) / Math.Max(1, batches.Count - 1) / batches.Count);
        return (value, value - (Student * error), value + (Student * error));
    }

    /// <summary>Requests in the system on average, by Little's law: time spent there by time passed.</summary>
    public double MeanInSystem(int segment) => Segments[segment].Response.Sum / Timeline.Seconds(segment);

    public double MeanQueue(int segment) => Segments[segment].WaitSum / Timeline.Seconds(segment);
}
