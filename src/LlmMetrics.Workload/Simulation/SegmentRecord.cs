namespace LlmMetrics.Workload.Simulation;

/// <summary>What happened to the requests of one segment of the timeline.</summary>
internal sealed class SegmentRecord
{
    public QuantileSketch Response { get; } = new();

    public double WaitSum { get; set; }

    /// <summary>Requests that found no free place.</summary>
    public long Waited { get; set; }

    public double InputTokens { get; set; }

    public double OutputTokens { get; set; }

    public int MaxInSystem { get; set; }

    public int MaxQueue { get; set; }
}
