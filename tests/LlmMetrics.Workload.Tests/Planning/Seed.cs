namespace LlmMetrics.Workload.Planning;

/// <summary>The documented example: one user's day in five figures.</summary>
internal static class Seed
{
    public static WorkloadMeasurement Measurement { get; } = new()
    {
        Messages = 450,
        Requests = 380,
        InputTokens = 38_000,
        OutputTokens = 57_000,
        MeanResponseMs = 850,
        Hours = 24,
    };
}
