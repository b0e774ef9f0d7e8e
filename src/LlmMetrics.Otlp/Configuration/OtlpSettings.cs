using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace LlmMetrics.Configuration;

/// <summary>What is in force after code, configuration, environment and defaults.</summary>
internal sealed record OtlpSettings
{
    /// <summary>Null if metrics are not sent.</summary>
    public SignalSettings? Metrics { get; init; }

    /// <summary>Null if traces are not sent.</summary>
    public SignalSettings? Traces { get; init; }

    public TimeSpan Interval { get; init; }

    public TimeSpan ShutdownTimeout { get; init; }

    public MetricReaderTemporalityPreference Temporality { get; init; }

    /// <summary>From which level on this adapter and the SDK log.</summary>
    public LogLevel LogLevel { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
