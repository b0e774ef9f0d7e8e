using LlmMetrics;

namespace ExpertApi;

/// <summary>
/// The names that this system's dashboards have always used. They are those of the built-in compact profile, so a
/// prefix is all that differs from it.
/// </summary>
public static class ExpertProfile
{
    /// <summary>Prefix of every name.</summary>
    public const string Prefix = "intelia";

    /// <summary>The profile.</summary>
    public static MetricProfile Create() => MetricProfile.Prefixed(Prefix);
}
