namespace LlmMetrics.Receiver;

/// <summary>One point of a metric, as it was received.</summary>
internal sealed record OtlpPoint(
    string Name,
    string Unit,
    string Kind,
    string Scope,
    bool IsCumulative,
    IReadOnlyDictionary<string, string> Resource,
    IReadOnlyDictionary<string, string> Tags,
    double Value)
{
    public ulong[] Buckets { get; init; } = [];

    public double[] Bounds { get; init; } = [];

    public ulong Count { get; init; }
}
