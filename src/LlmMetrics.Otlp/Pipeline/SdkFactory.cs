using LlmMetrics.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LlmMetrics.Pipeline;

/// <summary>Makes an OpenTelemetry SDK from what is in force.</summary>
internal static class SdkFactory
{
    public static OpenTelemetrySdk Create(
        OtlpSettings settings,
        IConfiguration? configuration,
        MetricsResource resource,
        IEnumerable<string> meters,
        IEnumerable<string> sources) => OpenTelemetrySdk.Create(builder =>
        {
            // What is not set here (sampler, batch sizes, attribute limits …) the SDK reads from its own variables.
            builder.Services.AddSingleton(Layer(configuration));
            builder.ConfigureResource(attributes => attributes
                .Clear()
                .AddTelemetrySdk()
                .AddAttributes(resource.Attributes.Select(
                    static attribute => KeyValuePair.Create<string, object>(attribute.Key, attribute.Value))));
            if (settings.Metrics is { } metrics)
            {
                builder.WithMetrics(provider => provider
                    .AddLlmMetricsInstrumentation()
                    .AddMeter([.. meters])
                    .AddOtlpExporter("metrics", (exporter, reader) =>
                    {
                        Apply(metrics, exporter);
                        reader.TemporalityPreference = settings.Temporality;
                        reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds =
                            (int)settings.Interval.TotalMilliseconds;
                    }));
            }

            if (settings.Traces is { } traces)
            {
                builder.WithTracing(provider => provider
                    .AddLlmMetricsInstrumentation()
                    .AddSource([.. sources])
                    .AddOtlpExporter("traces", exporter => Apply(traces, exporter)));
            }
        });

    private static void Apply(SignalSettings settings, OtlpExporterOptions exporter)
    {
        exporter.Protocol = settings.Protocol == LlmOtlpProtocol.Grpc
            ? OtlpExportProtocol.Grpc
            : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = settings.Endpoint;
        exporter.Headers = HeaderText.Join(settings.Headers);
        exporter.TimeoutMilliseconds = (int)settings.Timeout.TotalMilliseconds;
        exporter.Compression = settings.Compress ? OtlpExportCompression.GZip : OtlpExportCompression.None;
    }

    private static IConfiguration Layer(IConfiguration? configuration)
    {
        // A span that meets a busy receiver is sent again, as the protocol asks; .NET's SDK has it off by default.
        var builder = new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create<string, string?>("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory")]);
        _ = configuration is null ? builder.AddEnvironmentVariables() : builder.AddConfiguration(configuration);

        // These are resolved already, and of one that it cannot use the SDK would log the value.
        string[] prefixes = ["OTEL_EXPORTER_OTLP_", "OTEL_EXPORTER_OTLP_METRICS_", "OTEL_EXPORTER_OTLP_TRACES_"];
        string[] settings = ["ENDPOINT", "HEADERS", "PROTOCOL", "TIMEOUT", "COMPRESSION", "TEMPORALITY_PREFERENCE"];
        return builder.AddInMemoryCollection(
            from prefix in prefixes.Prepend("OTEL_METRIC_EXPORT_INTERVAL")
            from setting in prefix.EndsWith('_') ? settings : [string.Empty]
            select KeyValuePair.Create(prefix + setting, (string?)string.Empty)).Build();
    }
}
