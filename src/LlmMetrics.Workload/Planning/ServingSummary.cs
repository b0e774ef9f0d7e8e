namespace LlmMetrics;

/// <summary>What one replica is made of and how fast it is, with what that follows from.</summary>
public sealed record ServingSummary
{
    /// <summary>The GPU.</summary>
    public required GpuProfile Gpu { get; init; }

    /// <summary>The model.</summary>
    public required ModelProfile Model { get; init; }

    /// <summary>How the weights are stored.</summary>
    public required Quantisation Quantisation { get; init; }

    /// <summary>GPUs that hold one copy of the model together.</summary>
    public required int GpusPerReplica { get; init; }

    /// <summary>Sequences worked on at once, at most.</summary>
    public required int MaxSequences { get; init; }

    /// <summary>Weights in gigabytes: parameters × bytes per parameter.</summary>
    public required double WeightsGB { get; init; }

    /// <summary>Cache per token in bytes: 2 × layers × key-value heads × head size × 2 bytes.</summary>
    public required double KvBytesPerToken { get; init; }

    /// <summary>Tokens whose cache fits beside the weights.</summary>
    public required double KvCapacityTokens { get; init; }

    /// <summary>Output tokens per second of a request that is alone, after calibration.</summary>
    public required double DecodeTokensPerSecond { get; init; }

    /// <summary>Input tokens per second in prefill.</summary>
    public required double PrefillTokensPerSecond { get; init; }

    /// <summary>Time of a decode step by the measurement, by that of the profile; null if not calibrated.</summary>
    public double? CalibrationFactor { get; init; }

    /// <summary>Mean response time of a request that is alone, in milliseconds.</summary>
    public required double AloneMeanMs { get; init; }

    /// <summary>
    /// 95th percentile of the response time without any queue, in milliseconds: no number of GPUs beats it.
    /// </summary>
    public required double AloneP95Ms { get; init; }

    /// <summary>Requests per second that a full replica finishes.</summary>
    public required double CapacityRequestsPerSecond { get; init; }
}
