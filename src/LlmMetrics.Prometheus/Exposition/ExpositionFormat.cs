namespace LlmMetrics.Exposition;

/// <summary>The formats that can be asked for.</summary>
internal enum ExpositionFormat
{
    /// <summary>Prometheus text format 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics text format 1.0.0.</summary>
    OpenMetrics,
}
