using System.Globalization;
using LlmMetrics.Configuration;

namespace LlmMetrics.Diagnostics;

/// <summary>The configuration for the start-up line: all of it, but of headers only the names.</summary>
internal static class StartText
{
    public static string Of(OtlpSettings settings, MetricsResource resource)
    {
        var signals = new[] { settings.Metrics is null ? null : "metrics", settings.Traces is null ? null : "traces" };
        List<string> parts =
        [
            $"serviceName: {Quote(resource.ServiceName)}",
            $"serviceVersion: {Quote(resource.ServiceVersion)}",
            $"signals: [{string.Join(", ", signals.OfType<string>().Select(Quote))}]",
        ];
        Add(parts, "metrics", settings.Metrics);
        Add(parts, "traces", settings.Traces);
        parts.Add(Number("intervalMs", settings.Interval));
        parts.Add(Number("shutdownTimeoutMs", settings.ShutdownTimeout));
        parts.Add($"temporality: {Quote(settings.Temporality.ToString().ToLowerInvariant())}");
        parts.Add($"logLevel: {Quote(settings.LogLevel.ToString().ToLowerInvariant())}");
        return $"{{ {string.Join(", ", parts)} }}";
    }

    private static void Add(List<string> parts, string name, SignalSettings? signal)
    {
        if (signal is not null)
        {
            var protocol = signal.Protocol == LlmOtlpProtocol.Grpc ? "grpc" : "http/protobuf";
            var headers = signal.Headers.Keys.Order(StringComparer.OrdinalIgnoreCase).Select(Quote);
            parts.Add($"{name}: {{ endpoint: {Quote(Endpoints.Redact(signal.Endpoint))}, protocol: '{protocol}', "
                + $"headers: [{string.Join(", ", headers)}], {Number("timeoutMs", signal.Timeout)}, "
                + $"compression: '{(signal.Compress ? "gzip" : "none")}' }}");
        }
    }

    private static string Number(string name, TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}: {time.TotalMilliseconds:0}");

    private static string Quote(string? text) => text is null
        ? "undefined"
        : $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)
            .ReplaceLineEndings(" ")}'";
}
