namespace LlmMetrics.Naming;

/// <summary>The type of a family in both exposition formats.</summary>
internal enum PrometheusType
{
    Counter,
    Gauge,
    Histogram,
}
