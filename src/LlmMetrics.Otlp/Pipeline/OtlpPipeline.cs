using LlmMetrics.Configuration;
using LlmMetrics.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LlmMetrics.Pipeline;

/// <summary>The OpenTelemetry SDK that sends, from the app's start to its end.</summary>
internal sealed class OtlpPipeline(IServiceProvider services, ILoggerFactory loggers) : IDisposable
{
    // Beyond the SDK's own time limit, which it may miss by a little.
    private static readonly TimeSpan _grace = TimeSpan.FromMilliseconds(250);

    private OtlpSettings? _settings;
    private OpenTelemetrySdk? _sdk;
    private SdkEventLog? _events;
    private ILogger? _logger;
    private int _stopping;
    private int _stopped;

    public void Start()
    {
        var configuration = services.GetService<IConfiguration>();
        var core = services.GetRequiredService<IOptions<LlmMetricsOptions>>().Value;
        var variables = new OtelVariables(configuration);
        if (!core.Enabled || variables.Is("OTEL_SDK_DISABLED", "true"))
        {
            return;
        }

        var options = services.GetRequiredService<IOptions<LlmOtlpOptions>>().Value;
        var runtime = services.GetRequiredService<LlmMetricsRuntime>();
        var settings = OtlpSettingsFactory.Create(options, variables);
        var logger = new LevelLogger(loggers.CreateLogger("LlmMetrics.Otlp"), settings.LogLevel);
        _events = new SdkEventLog(logger, settings, runtime.ReportDropped, services.GetRequiredService<TimeProvider>());
        _sdk = SdkFactory.Create(settings, configuration, runtime.Resource, core.Meters, options.ActivitySources);
        _settings = settings;
        _logger = logger;
        Tell(logger, settings, runtime.Resource);
    }

    /// <summary>From here on the shutdown sends what is left; exports on demand no longer do.</summary>
    public void Stopping() => Interlocked.Exchange(ref _stopping, 1);

    /// <summary>Sends what there is now.</summary>
    /// <exception cref="InvalidOperationException">Not all of it was delivered in time.</exception>
    public Task FlushAsync(CancellationToken cancellationToken) => Start(Flush, cancellationToken);

    private bool Flush()
    {
        if (_sdk is null || Volatile.Read(ref _stopping) != 0)
        {
            return true;
        }

        var metrics = _settings?.Metrics is not { } m || _sdk.MeterProvider.ForceFlush(Milliseconds(m.Timeout));
        var traces = _settings?.Traces is not { } t || _sdk.TracerProvider.ForceFlush(Milliseconds(t.Timeout));
        if (!metrics || !traces)
        {
            throw new InvalidOperationException("Not everything was delivered over OTLP in time.");
        }

        return true;
    }

    /// <summary>Sends what is left, within the shutdown timeout. Idempotent, and never throws.</summary>
    public async Task StopAsync()
    {
        Stopping();
        if (Interlocked.Exchange(ref _stopped, 1) != 0 || _sdk is not { } sdk || _settings is not { } settings)
        {
            return;
        }

        // One deadline holds for all of it: what is unfinished then goes on in the background and does not keep the
        // process alive.
        using var deadline = new CancellationTokenSource(settings.ShutdownTimeout + _grace);
        var timeout = Milliseconds(settings.ShutdownTimeout);
        var metrics = Start(() => settings.Metrics is null || sdk.MeterProvider.Shutdown(timeout));
        var traces = Start(() => settings.Traces is null || sdk.TracerProvider.Shutdown(timeout));
        Task sending = Task.WhenAll(metrics, traces);
        await sending.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var isDelivered = sending.IsCompletedSuccessfully && await metrics.ConfigureAwait(false)
            && await traces.ConfigureAwait(false);
        if (!isDelivered && _logger is { } logger)
        {
            Log.NotDelivered(logger, settings.ShutdownTimeout);
        }

        Task closing = Start(() => Close(sdk));
        await closing.WaitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _events?.Dispose();
    }

    public void Dispose() => Task.Run(StopAsync).GetAwaiter().GetResult();

    private static bool Close(OpenTelemetrySdk sdk)
    {
        sdk.Dispose();
        return true;
    }

    /// <summary>
    /// The SDK blocks its caller until the receiver has answered: on a thread of its own, which takes none from the
    /// app's pool and cannot be starved by what else runs there.
    /// </summary>
    private static Task<bool> Start(Func<bool> action, CancellationToken cancellationToken = default) =>
        Task.Factory.StartNew(action, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static int Milliseconds(TimeSpan time) => (int)time.TotalMilliseconds;

    private void Tell(LevelLogger logger, OtlpSettings settings, MetricsResource resource)
    {
        Log.Started(logger, StartText.Of(settings, resource));
        foreach (var warning in settings.Warnings)
        {
            Log.Ignored(logger, warning);
        }

        SignalSettings?[] signals = [settings.Metrics, settings.Traces];
        if (signals.Any(static s => s is { Headers.Count: > 0, Endpoint: { Scheme: "http", IsLoopback: false } }))
        {
            Log.Unencrypted(logger);
        }

        // Asked without making it: a host's pipeline must not start before the host says so.
        var known = services.GetService<IServiceProviderIsService>();
        if (known is not null && ((settings.Metrics is not null && known.IsService(typeof(MeterProvider)))
            || (settings.Traces is not null && known.IsService(typeof(TracerProvider)))))
        {
            Log.TwoPipelines(logger);
        }
    }
}
