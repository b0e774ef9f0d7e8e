namespace LlmMetrics.Workload.Sources;

/// <summary>Tags under which the profiles tell calls apart, the first that is there counting.</summary>
internal static class TagNames
{
    public static string[] Operation { get; } = ["operation", "gen_ai.operation.name"];

    public static string[] Model { get; } = ["model", "gen_ai.response.model", "gen_ai.request.model"];

    public static string[] Feature { get; } = ["feature"];

    public static string[] Agent { get; } = ["agent"];

    /// <summary>The value of the first of the tags that is there; Prometheus has underscores for dots.</summary>
    public static string? ValueOf(IReadOnlyDictionary<string, string> tags, string[] names)
    {
        foreach (var name in names)
        {
            if (tags.TryGetValue(name, out var value) || tags.TryGetValue(MetricReference.Sanitize(name), out value))
            {
                return value;
            }
        }

        return null;
    }
}
