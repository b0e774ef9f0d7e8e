namespace LlmMetrics;

/// <summary>What so many users need.</summary>
public sealed record WorkloadPlan
{
    /// <summary>What was measured.</summary>
    public required WorkloadMeasurement Measurement { get; init; }

    /// <summary>What was asked for.</summary>
    public required WorkloadOptions Options { get; init; }

    /// <summary>One user's day.</summary>
    public required UserFigures User { get; init; }

    /// <summary>The hardware.</summary>
    public required ServingSummary Serving { get; init; }

    /// <summary>Why no number of GPUs will do; null if the target can be met.</summary>
    public required string? Unreachable { get; init; }

    /// <summary>The plan for each number of users.</summary>
    public required IReadOnlyList<UserPlan> Users { get; init; }

    /// <summary>How the plan for the most users depends on its assumptions.</summary>
    public required IReadOnlyList<SensitivityRow> Sensitivity { get; init; }

    /// <summary>What providers charge; empty if no prices were given.</summary>
    public required IReadOnlyList<ProviderCost> Providers { get; init; }

    /// <summary>
    /// Owning against paying per token, by users; empty without <see cref="WorkloadOptions.GpuHourUsd"/>.
    /// </summary>
    public required IReadOnlyList<CostPoint> CostCurve { get; init; }

    /// <summary>What the reader should know: warnings and assumptions.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
