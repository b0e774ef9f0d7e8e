namespace LlmMetrics;

/// <summary>The names under which pipelines of others find this library's telemetry.</summary>
public static class LlmMetricsNames
{
    /// <summary>Name of the meter that every instrument of this library belongs to.</summary>
    public const string Meter = "LlmMetrics";

    /// <summary>Name of the activity source.</summary>
    public const string ActivitySource = "LlmMetrics";

    /// <summary>Name of the section that options bind from by convention.</summary>
    public const string ConfigurationSection = "LlmMetrics";
}
