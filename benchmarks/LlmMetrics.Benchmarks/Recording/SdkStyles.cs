namespace LlmMetrics.Benchmarks.Recording;

/// <summary>All ways to write it by hand; the fastest counts.</summary>
internal static class SdkStyles
{
    public static IReadOnlyList<(string Name, RecordOne Record)> All { get; } =
    [
        ("tag lists", SdkTagLists.Record),
        ("spans", SdkSpans.Record),
        ("expressions", SdkExpressions.Record),
    ];
}
