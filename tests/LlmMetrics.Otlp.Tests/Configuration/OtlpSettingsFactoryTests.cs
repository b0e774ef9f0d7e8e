using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using Xunit;

namespace LlmMetrics.Configuration;

public sealed class OtlpSettingsFactoryTests
{
    [Fact]
    public void Create_NothingSet_HasTheDefaults()
    {
        var settings = Create(static _ => { });

        Assert.Equal("http://localhost:4318/v1/metrics", settings.Metrics!.Endpoint.ToString());
        Assert.Equal("http://localhost:4318/v1/traces", settings.Traces!.Endpoint.ToString());
        Assert.Equal(LlmOtlpProtocol.HttpProtobuf, settings.Metrics.Protocol);
        Assert.Equal(TimeSpan.FromSeconds(10), settings.Metrics.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(60), settings.Interval);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.ShutdownTimeout);
        Assert.Equal(MetricReaderTemporalityPreference.Cumulative, settings.Temporality);
        Assert.Equal(LogLevel.Information, settings.LogLevel);
        Assert.Empty(settings.Metrics.Headers);
        Assert.False(settings.Metrics.Compress);
        Assert.Empty(settings.Warnings);
    }

    [Theory]
    [InlineData("https://ingress.dash0.com", "https://ingress.dash0.com/v1/metrics")]
    [InlineData("https://host/", "https://host/v1/metrics")]
    [InlineData("https://host:8443/otlp", "https://host:8443/otlp/v1/metrics")]
    [InlineData("https://host/otlp/", "https://host/otlp/v1/metrics")]
    [InlineData("https://user:pass@host/otlp?key=1", "https://host/otlp/v1/metrics?key=1")]
    public void Create_BaseUrl_AlwaysAppendsThePath(string endpoint, string expected)
    {
        Assert.Equal(expected, Create(o => o.Endpoint = new Uri(endpoint)).Metrics!.Endpoint.ToString());
        Assert.Equal(
            expected,
            Create(static _ => { }, ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)).Metrics!.Endpoint.ToString());
    }

    [Fact]
    public void Create_Grpc_AppendsNothingAndHasItsOwnPort()
    {
        Assert.Equal(
            "http://localhost:4317/",
            Create(static o => o.Protocol = LlmOtlpProtocol.Grpc).Traces!.Endpoint.ToString());
        Assert.Equal(
            "https://host:1/",
            Create(
                static _ => { },
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
                ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://host:1")).Traces!.Endpoint.ToString());
    }

    [Fact]
    public void Create_VariablesOfASignal_WinOverCommonOnesAndAreUsedAsTheyAre()
    {
        var settings = Create(
            static _ => { },
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://common"),
            ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://metrics/custom"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "a=1,authorization=Bearer%20x%3D%3D"),
            ("OTEL_EXPORTER_OTLP_METRICS_HEADERS", "b=2"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "2000"),
            ("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "3000"),
            ("OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
            ("OTEL_EXPORTER_OTLP_METRICS_COMPRESSION", "none"));

        Assert.Equal("http://metrics/custom", settings.Metrics!.Endpoint.ToString());
        Assert.Equal("http://common/v1/traces", settings.Traces!.Endpoint.ToString());
        Assert.Equal([KeyValuePair.Create("b", "2")], settings.Metrics.Headers);
        Assert.Equal("1", settings.Traces.Headers["A"]);
        Assert.Equal("Bearer x==", settings.Traces.Headers["Authorization"]);
        Assert.Equal(TimeSpan.FromSeconds(3), settings.Metrics.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.Traces.Timeout);
        Assert.Equal(LlmOtlpProtocol.Grpc, settings.Metrics.Protocol);
        Assert.Equal(LlmOtlpProtocol.HttpProtobuf, settings.Traces.Protocol);
        Assert.False(settings.Metrics.Compress);
        Assert.True(settings.Traces.Compress);
    }

    [Fact]
    public void Create_Options_WinOverEveryVariable()
    {
        var settings = Create(
            static options =>
            {
                options.Endpoint = new Uri("http://code");
                options.Protocol = LlmOtlpProtocol.HttpProtobuf;
                options.Interval = TimeSpan.FromSeconds(5);
                options.Timeout = TimeSpan.FromSeconds(6);
                options.BearerToken = "code";
                options.Headers["X-A"] = "code";
                options.Signals = LlmOtlpSignals.All;
            },
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://variable"),
            ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://variable/metrics"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "1000"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "1000"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=variable,x-a=variable,x-b=variable"),
            ("OTEL_TRACES_EXPORTER", "none"));

        Assert.Equal("http://code/v1/metrics", settings.Metrics!.Endpoint.ToString());
        Assert.Equal("http://code/v1/traces", settings.Traces!.Endpoint.ToString());
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Interval);
        Assert.Equal(TimeSpan.FromSeconds(6), settings.Metrics.Timeout);
        Assert.Equal("Bearer code", settings.Metrics.Headers["authorization"]);
        Assert.Equal("code", settings.Metrics.Headers["x-a"]);
        Assert.Equal("variable", settings.Metrics.Headers["x-b"]);
    }

    [Fact]
    public void Create_OtherVariables_Apply()
    {
        var settings = Create(
            static _ => { },
            ("OTEL_METRIC_EXPORT_INTERVAL", "1500"),
            ("OTEL_METRICS_EXPORTER", "none"),
            ("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "DELTA"),
            ("OTEL_LOG_LEVEL", "warn"));

        Assert.Null(settings.Metrics);
        Assert.NotNull(settings.Traces);
        Assert.Equal(TimeSpan.FromMilliseconds(1500), settings.Interval);
        Assert.Equal(MetricReaderTemporalityPreference.Delta, settings.Temporality);
        Assert.Equal(LogLevel.Warning, settings.LogLevel);
    }

    [Fact]
    public void Create_UnusableVariables_AreReportedWithoutTheirValueAndIgnored()
    {
        var settings = Create(
            static _ => { },
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "secret-not-a-url"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "secret"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "-1"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "secret"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "secret,a=secret%2Csecret,=secret,ok=1"),
            ("OTEL_LOG_LEVEL", "secret"),
            ("OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", " "));

        Assert.Equal("http://localhost:4318/v1/metrics", settings.Metrics!.Endpoint.ToString());
        Assert.Equal(TimeSpan.FromSeconds(10), settings.Metrics.Timeout);
        Assert.Equal([KeyValuePair.Create("ok", "1")], settings.Metrics.Headers);
        Assert.Equal(6, settings.Warnings.Count);
        Assert.DoesNotContain(settings.Warnings, static text => text.Contains("secret", StringComparison.Ordinal));
        Assert.Contains(
            "OTEL_EXPORTER_OTLP_PROTOCOL is ignored: it must be http/protobuf or grpc.", settings.Warnings);
    }

    private static OtlpSettings Create(Action<LlmOtlpOptions> configure, params (string Key, string Value)[] variables)
    {
        var options = new LlmOtlpOptions();
        configure(options);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(variables.Select(static v => KeyValuePair.Create(v.Key, (string?)v.Value)))
            .Build();
        return OtlpSettingsFactory.Create(options, new OtelVariables(configuration));
    }
}
