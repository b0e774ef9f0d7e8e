namespace LlmMetrics;

/// <summary>The plan for one number of users.</summary>
public sealed record UserPlan
{
    /// <summary>Users.</summary>
    public required long Users { get; init; }

    /// <summary>Messages per day; null if they were not measured.</summary>
    public required double? MessagesPerDay { get; init; }

    /// <summary>LLM requests per day.</summary>
    public required double RequestsPerDay { get; init; }

    /// <summary>Input tokens per day.</summary>
    public required double InputTokensPerDay { get; init; }

    /// <summary>Output tokens per day.</summary>
    public required double OutputTokensPerDay { get; init; }

    /// <summary>Input and output tokens per second, on average over the day.</summary>
    public double MeanTokensPerSecond => (InputTokensPerDay + OutputTokensPerDay) / 86_400;

    /// <summary>GPUs needed; null if no number will do.</summary>
    public required int? Gpus { get; init; }

    /// <summary>Copies of the model on them; null if no number will do.</summary>
    public required int? Replicas { get; init; }

    /// <summary>
    /// GPUs needed at the ends of the 95 % interval of the measured load; an end is null if no number will do.
    /// </summary>
    public required (int? Low, int? High) GpusInterval { get; init; }

    /// <summary>Fewest GPUs that keep up with the peak, whatever the latency.</summary>
    public required int ThroughputGpus { get; init; }

    /// <summary>Fewest GPUs that hold one copy of the model.</summary>
    public required int MemoryGpus { get; init; }

    /// <summary>What makes the number as large as it is: <c>memory</c>, <c>throughput</c> or <c>latency</c>.</summary>
    public required string BoundBy { get; init; }

    /// <summary>Whether the target lies within the simulation's interval of the P95, so that luck decides.</summary>
    public required bool IsBorderline { get; init; }

    /// <summary>The busiest hour; null if no number of GPUs will do.</summary>
    public required PeakHour? Peak { get; init; }

    /// <summary>Response times over the whole day; null if no number of GPUs will do.</summary>
    public required ResponseTimes? Day { get; init; }

    /// <summary>The day hour by hour; empty if no number of GPUs will do.</summary>
    public required IReadOnlyList<LoadHour> Hours { get; init; }

    /// <summary>P95 in the peak against the number of GPUs.</summary>
    public required IReadOnlyList<GpuPoint> P95ByGpus { get; init; }

    /// <summary>
    /// GPU memory that is used at the busiest moment, in gigabytes; null if no number of GPUs will do.
    /// </summary>
    public required double? VramNeededGB { get; init; }

    /// <summary>GPU memory that the GPUs have, in gigabytes; null if no number of GPUs will do.</summary>
    public required double? VramInstalledGB { get; init; }

    /// <summary>Main memory of the servers in gigabytes; null if no number of GPUs will do.</summary>
    public required double? RamGB { get; init; }

    /// <summary>What the GPUs cost in 30 days, in US dollars; null without a price or a number.</summary>
    public required double? GpuMonthUsd { get; init; }
}
