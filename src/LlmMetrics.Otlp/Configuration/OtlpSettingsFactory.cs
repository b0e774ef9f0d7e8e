using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace LlmMetrics.Configuration;

/// <summary>Finds out what is in force: code, configuration, environment, default, in this order.</summary>
internal static class OtlpSettingsFactory
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    private static readonly Dictionary<string, LlmOtlpProtocol> _protocols = new(StringComparer.OrdinalIgnoreCase)
    {
        ["http/protobuf"] = LlmOtlpProtocol.HttpProtobuf,
        ["grpc"] = LlmOtlpProtocol.Grpc,
    };

    private static readonly Dictionary<string, bool> _compressions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["gzip"] = true,
        ["none"] = false,
    };

    private static readonly Dictionary<string, MetricReaderTemporalityPreference> _temporalities =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["cumulative"] = MetricReaderTemporalityPreference.Cumulative,
            ["delta"] = MetricReaderTemporalityPreference.Delta,
        };

    private static readonly Dictionary<string, LogLevel> _levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["none"] = LogLevel.None,
        ["error"] = LogLevel.Error,
        ["warn"] = LogLevel.Warning,
        ["warning"] = LogLevel.Warning,
        ["info"] = LogLevel.Information,
        ["debug"] = LogLevel.Debug,
        ["verbose"] = LogLevel.Trace,
        ["all"] = LogLevel.Trace,
    };

    public static OtlpSettings Create(LlmOtlpOptions options, OtelVariables variables)
    {
        var signals = options.Signals ?? SignalsOf(variables);
        var settings = new OtlpSettings
        {
            Metrics = signals.HasFlag(LlmOtlpSignals.Metrics) ? Signal("METRICS", options, variables) : null,
            Traces = signals.HasFlag(LlmOtlpSignals.Traces) ? Signal("TRACES", options, variables) : null,
            Interval = options.Interval ?? variables.Milliseconds("OTEL_METRIC_EXPORT_INTERVAL") ?? _interval,
            ShutdownTimeout = options.ShutdownTimeout,
            Temporality = variables.Choice("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", _temporalities)
                ?? MetricReaderTemporalityPreference.Cumulative,
            LogLevel = variables.Choice("OTEL_LOG_LEVEL", _levels) ?? LogLevel.Information,
        };
        return settings with { Warnings = [.. variables.Warnings.Distinct(StringComparer.Ordinal)] };
    }

    private static LlmOtlpSignals SignalsOf(OtelVariables variables) =>
        (variables.Is("OTEL_METRICS_EXPORTER", "none") ? LlmOtlpSignals.None : LlmOtlpSignals.Metrics)
        | (variables.Is("OTEL_TRACES_EXPORTER", "none") ? LlmOtlpSignals.None : LlmOtlpSignals.Traces);

    private static SignalSettings Signal(string signal, LlmOtlpOptions options, OtelVariables variables)
    {
        const string Common = "OTEL_EXPORTER_OTLP_";
        var own = $"{Common}{signal}_";
        var protocol = options.Protocol
            ?? variables.Choice(own + "PROTOCOL", _protocols)
            ?? variables.Choice(Common + "PROTOCOL", _protocols)
            ?? LlmOtlpProtocol.HttpProtobuf;
        return new SignalSettings(
            EndpointOf(signal, protocol, options, variables),
            protocol,
            HeadersOf(own, options, variables),
            options.Timeout
                ?? variables.Milliseconds(own + "TIMEOUT")
                ?? variables.Milliseconds(Common + "TIMEOUT")
                ?? _timeout,
            variables.Choice(own + "COMPRESSION", _compressions)
                ?? variables.Choice(Common + "COMPRESSION", _compressions)
                ?? false);
    }

    private static Uri EndpointOf(
        string signal, LlmOtlpProtocol protocol, LlmOtlpOptions options, OtelVariables variables)
    {
        if (options.Endpoint is null && variables.Endpoint($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") is { } own)
        {
            return Endpoints.WithoutUserInfo(own);
        }

        var baseUrl = options.Endpoint
            ?? variables.Endpoint("OTEL_EXPORTER_OTLP_ENDPOINT")
            ?? new Uri(protocol == LlmOtlpProtocol.Grpc ? "http://localhost:4317" : "http://localhost:4318");
        return protocol == LlmOtlpProtocol.Grpc
            ? Endpoints.WithoutUserInfo(baseUrl)
            : Endpoints.Append(baseUrl, signal == "METRICS" ? "v1/metrics" : "v1/traces");
    }

    private static Dictionary<string, string> HeadersOf(string own, LlmOtlpOptions options, OtelVariables variables)
    {
        // By the specification, a signal's variable replaces the common one.
        var name = variables.Text(own + "HEADERS") is null ? "OTEL_EXPORTER_OTLP_HEADERS" : own + "HEADERS";
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (header, value) in variables.Headers(name).Concat(options.Headers))
        {
            headers[header] = value;
        }

        if (options.BearerToken is { } token)
        {
            headers["Authorization"] = "Bearer " + token;
        }

        return headers;
    }
}
