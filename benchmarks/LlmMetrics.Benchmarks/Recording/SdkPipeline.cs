using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace LlmMetrics.Benchmarks.Recording;

/// <summary>The OpenTelemetry SDK as hosts set it up, with readers that nobody collects from meanwhile.</summary>
internal static class SdkPipeline
{
    public static MeterProvider? Create(int readers, string meter = SdkInstruments.MeterName)
    {
        if (readers == 0)
        {
            return null;
        }

        var builder = Sdk.CreateMeterProviderBuilder().AddMeter(meter);
        for (var i = 0; i < readers; i++)
        {
            builder.AddReader(new BaseExportingMetricReader(new NullExporter()));
        }

        return builder.Build();
    }
}
