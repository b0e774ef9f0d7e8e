using LlmMetrics.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LlmMetrics;

/// <summary>A host with LlmMetrics and OTLP, whose configuration is what the test gives and nothing else.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    // Nothing waits for these where the receiver answers; where it doesn't, a test sets the limit it is about.
    private static readonly Dictionary<string, string?> _patience = new()
    {
        ["LlmMetrics:Otlp:Timeout"] = "00:01:00",
        ["LlmMetrics:Otlp:ShutdownTimeout"] = "00:01:00",
    };

    private readonly IHost _host;

    private TestHost(IHost host, LogRecorder log)
    {
        _host = host;
        Log = log;
    }

    public LogRecorder Log { get; }

    /// <summary>
    /// The warnings without those of the SDK that name no receiver: it tells every host of the process what it met in
    /// any, such as meters of the same name in tests that run beside.
    /// </summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. Log.Warnings.Where(static text => !text.StartsWith("[OpenTelemetry]", StringComparison.Ordinal)
            || text.Contains("127.0.0.1", StringComparison.Ordinal)),
    ];

    public LlmMetricsRuntime Runtime => _host.Services.GetRequiredService<LlmMetricsRuntime>();

    public static TestHost Build(
        Action<LlmOtlpOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        params (string Key, string? Value)[] configuration)
    {
        var log = new LogRecorder();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = "otlp-tests",
        });
        builder.Logging.AddProvider(log);
        builder.Configuration.AddInMemoryCollection(_patience).AddInMemoryCollection(
            configuration.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value)));
        services?.Invoke(builder.Services);
        builder.Services.AddLlmMetrics().AddOtlp(configure);
        return new TestHost(builder.Build(), log);
    }

    public static async Task<TestHost> StartAsync(
        Action<LlmOtlpOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        params (string Key, string? Value)[] configuration)
    {
        var host = Build(configure, services, configuration);
        await host._host.StartAsync();
        return host;
    }

    public Task StartAsync() => _host.StartAsync();

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
