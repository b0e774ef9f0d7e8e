using LlmMetrics.Receiver;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.EndToEnd.Tests.Soak;

/// <summary>An app with every adapter, whose disk, receiver and exporters have trouble all the time.</summary>
internal sealed class SoakApp : IAsyncDisposable
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FaultyDisk _disk = new();
    private WebApplication? _app;
    private int _fault;

    public OtlpReceiver Receiver { get; private set; } = null!;

    public FaultyDisk Disk => _disk;

    public long Thrown { get; private set; }

    public long Hung { get; private set; }

    /// <summary>Calls in the last snapshot that the exporter without trouble got.</summary>
    public double LastExported { get; private set; }

    public int Exported { get; private set; }

    public LlmMetricsRuntime Metrics => _app!.Services.GetRequiredService<LlmMetricsRuntime>();

    public Uri Address => new(_app!.Urls.Single());

    public HttpClient Client => _app!.Services.GetRequiredService<IHttpClientFactory>().CreateClient("llm");

    public static async Task<SoakApp> StartAsync(TimeSpan interval)
    {
        var soak = new SoakApp();
        soak.Receiver = await OtlpReceiver.StartAsync();
        soak.Receiver.Keep = 4;
        soak.Receiver.Respond = soak.RespondAsync;
        soak._app = soak.Build(interval);
        await soak._app.StartAsync();
        return soak;
    }

    /// <summary>The receiver goes from well to busy, to broken, to silent, and is well again.</summary>
    public void ToggleReceiver() => Interlocked.Increment(ref _fault);

    /// <summary>All trouble ends.</summary>
    public void Heal()
    {
        Interlocked.Exchange(ref _fault, 0);
        _released.TrySetResult();
        if (_disk.IsFull)
        {
            _disk.Toggle();
        }
    }

    public Task StopAsync() => _app!.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        await Receiver.DisposeAsync();
        _disk.Dispose();
    }

    private WebApplication Build(TimeSpan interval)
    {
        var schedule = new ExportSchedule { Interval = interval, Timeout = TimeSpan.FromMinutes(1) };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddLlmMetrics(static o => o.ServiceName = "soak").AddPrometheus()
            .AddJsonFile(o => (o.Directory, o.Interval, o.MaxFiles) = (_disk.Folder, TimeSpan.FromSeconds(1), 5))
            .AddOtlp(o =>
            {
                (o.Endpoint, o.Interval, o.Timeout) = (Receiver.Endpoint, interval, TimeSpan.FromMilliseconds(500));
                o.Signals = LlmOtlpSignals.Metrics;
            })
            .AddExporter(Throw, "throwing", schedule)
            .AddExporter(HangAsync, "hanging", schedule with { Timeout = interval * 2 })
            .AddExporter(Export, "good", schedule);
        builder.Services.AddHttpClient("llm").AddLlmMetricsHandler()
            .ConfigurePrimaryHttpMessageHandler(static () => new CannedProvider());
        var app = builder.Build();
        app.MapLlmMetrics();
        return app;
    }

    private ValueTask Throw(MetricsSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (_released.Task.IsCompleted)
        {
            return ValueTask.CompletedTask;
        }

        Thrown++;
        throw new InvalidOperationException("on purpose");
    }

    private async ValueTask HangAsync(MetricsSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (!_released.Task.IsCompleted)
        {
            // Deaf to cancellation.
            Hung++;
            await _released.Task;
        }
    }

    private ValueTask Export(MetricsSnapshot snapshot, CancellationToken cancellationToken)
    {
        LastExported = Figures.Sum(snapshot, "llm.calls");
        Exported++;
        return ValueTask.CompletedTask;
    }

    private async Task RespondAsync(HttpContext context, int number)
    {
        switch (Volatile.Read(ref _fault) % 4)
        {
            case 1:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                break;
            case 2:
                context.Abort();
                break;
            case 3:
                await Task.Delay(Timeout.Infinite, context.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
        }
    }
}
