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

    /// <summary>Version of the meter and the activity source.</summary>
    internal static string Version { get; } =
        typeof(LlmMetricsNames).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
