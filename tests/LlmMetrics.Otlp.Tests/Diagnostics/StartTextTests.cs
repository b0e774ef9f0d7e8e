using LlmMetrics.Receiver;
using Xunit;

namespace LlmMetrics.Diagnostics;

public sealed class StartTextTests
{
    [Fact]
    public async Task Of_TheDocumentedEnvironment_IsTheDocumentedLineWithoutSecrets()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var port = receiver.Endpoint.Port;
        await using var host = await TestHost.StartAsync(
            static options =>
            {
                options.BearerToken = "token";
                options.Timeout = null;
                options.ShutdownTimeout = new LlmOtlpOptions().ShutdownTimeout;
            },
            configuration:
            [
                ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://u:p@127.0.0.1:{port}/otlp?k=v"),
                ("OTEL_EXPORTER_OTLP_HEADERS", "x-dataset=d"),
                ("OTEL_SERVICE_NAME", "sofia-agent"),
                ("OTEL_SERVICE_VERSION", "0.1.0"),
                ("OTEL_LOG_LEVEL", "info"),
            ]);

        Assert.Contains(
            "[OpenTelemetry] SDK started with config: { serviceName: 'sofia-agent', serviceVersion: '0.1.0', "
            + "signals: ['metrics', 'traces'], "
            + $"metrics: {{ endpoint: 'http://127.0.0.1:{port}/otlp/v1/metrics', protocol: 'http/protobuf', "
            + "headers: ['Authorization', 'x-dataset'], timeoutMs: 10000, compression: 'none' }, "
            + $"traces: {{ endpoint: 'http://127.0.0.1:{port}/otlp/v1/traces', protocol: 'http/protobuf', "
            + "headers: ['Authorization', 'x-dataset'], timeoutMs: 10000, compression: 'none' }, "
            + "intervalMs: 60000, shutdownTimeoutMs: 5000, temporality: 'cumulative', logLevel: 'information' }",
            host.Log.Texts);
    }

    [Fact]
    public async Task Of_LogLevelError_IsNotLogged()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = await TestHost.StartAsync(
            options => options.Endpoint = receiver.Endpoint, configuration: [("OTEL_LOG_LEVEL", "error")]);

        Assert.DoesNotContain(host.Log.Texts, static text => text.Contains("SDK started", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_HeadersWithoutEncryptionToAnotherMachine_Warns()
    {
        await using var host = await TestHost.StartAsync(static options =>
        {
            options.Endpoint = new Uri("http://receiver.invalid");
            options.BearerToken = "token";
            options.ShutdownTimeout = TimeSpan.FromMilliseconds(100);
        });

        Assert.Contains(host.Log.Texts, static text => text.Contains("without encryption", StringComparison.Ordinal));
    }
}
