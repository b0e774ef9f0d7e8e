using LlmMetrics;

namespace ExpertApi;

/// <summary>
/// The names that this system's dashboards have always used. They are those of the built-in compact profile, so a
/// prefix is all that differs from it. What is known beforehand starts at 0, so that <c>increase()</c> sees the first
/// payment and the first cost of each.
/// </summary>
public static class ExpertProfile
{
    /// <summary>Prefix of every name.</summary>
    public const string Prefix = "intelia";

    /// <summary>The profile.</summary>
    public static MetricProfile Create() => MetricProfile.Prefixed(Prefix)
        .Preset("intelia.revenue.usd", "essential")
        .Preset("intelia.revenue.usd", "pro")
        .Preset("intelia.revenue.usd", "elite")
        .Preset("intelia.llm.cost.usd", "gpt-4o-2024-08-06", "chat")
        .Preset("intelia.llm.cost.usd", "gpt-4o-mini-2024-07-18", "chat")
        .Preset("intelia.llm.cost.usd", "text-embedding-3-small", "embeddings")
        .Preset("intelia.llm.cost.usd", "tts-1", "tts");
}
