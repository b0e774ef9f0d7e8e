using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LlmMetrics;

/// <summary>Adds this library's telemetry to an OpenTelemetry pipeline that the host runs itself.</summary>
/// <remarks>A host without one uses an adapter instead; with both, everything is exported twice.</remarks>
public static class InstrumentationExtensions
{
    /// <summary>Adds the meter <see cref="LlmMetricsNames.Meter"/>.</summary>
    /// <param name="builder">The host's pipeline of metrics.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static MeterProviderBuilder AddLlmMetricsInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter(LlmMetricsNames.Meter);
    }

    /// <summary>Adds the activity source <see cref="LlmMetricsNames.ActivitySource"/>.</summary>
    /// <param name="builder">The host's pipeline of traces.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static TracerProviderBuilder AddLlmMetricsInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddSource(LlmMetricsNames.ActivitySource);
    }
}
