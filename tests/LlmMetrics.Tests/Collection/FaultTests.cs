using System.Diagnostics.Metrics;
using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Tests.Collection;

public sealed class FaultTests
{
    private static LlmCall Call => new() { Provider = "p", RequestModel = "m", InputTokens = 1, OutputTokens = 2 };

    [Fact]
    public void Record_ListenerThrows_CountsEverythingAndLogsOncePerMinute()
    {
        var time = new ManualTimeProvider();
        var log = new LogRecorder();
        using var runtime = Create(time, log);
        using var listener = Listen(runtime, static (_, _) => throw new InvalidOperationException("listener"));

        runtime.Record(Call);
        runtime.Record(Call);

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(2, snapshot.Sum("llm.calls"));
        Assert.Equal(2, snapshot.Sum("llm.tokens", ("type", "input")));
        Assert.Equal(4, snapshot.Sum("llm.tokens", ("type", "output")));
        Assert.True(snapshot.Sum("llmmetrics.dropped", ("reason", "listener")) >= 4);
        Assert.Equal(1, log.Count("(listener)"));
        time.Advance(TimeSpan.FromMinutes(1));
        runtime.Record(Call);
        Assert.Equal(2, log.Count("(listener)"));
    }

    [Fact]
    public void Record_ListenerRecordsAgain_EndsAndCountsWhatWasRecorded()
    {
        using var runtime = RuntimeBuilder.Create();
        using var listener = Listen(runtime, (instrument, _) =>
        {
            if (instrument.Name == "llm.calls")
            {
                runtime.Record(Call);
            }
        });

        runtime.Record(Call);

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(3, snapshot.Sum("llm.calls"));
        Assert.True(snapshot.Sum("llmmetrics.dropped", ("reason", "reentrant")) > 0);
    }

    [Fact]
    public void Record_ObserverAndEnricherThrow_CostTheirOwnPartOnly()
    {
        var log = new LogRecorder();
        using var runtime = Create(new ManualTimeProvider(), log, builder =>
        {
            builder.AddTag("broken", static () => throw new InvalidOperationException("enricher"));
            builder.AddTag("fine", static () => "yes");
            builder.Services.AddSingleton<ILlmCallObserver>(
                new Observer(static () => throw new InvalidOperationException()));
        });

        runtime.Record(Call);

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("llm.calls", ("fine", "yes")));
        Assert.Equal(1, snapshot.Sum("llmmetrics.dropped", ("reason", "enricher")));
        Assert.Equal(1, snapshot.Sum("llmmetrics.dropped", ("reason", "observer")));
    }

    [Fact]
    public void Record_ObserverAndEnricherRecordAgain_Ends()
    {
        LlmMetricsRuntime? runtime = null;
        using var created = Create(new ManualTimeProvider(), new LogRecorder(), builder =>
        {
            builder.AddTag("again", () =>
            {
                runtime!.Record(Call);
                return "x";
            });
            builder.Services.AddSingleton<ILlmCallObserver>(new Observer(() => runtime!.Record(Call)));
        });
        runtime = created;

        runtime.Record(Call);

        Assert.True(runtime.GetSnapshot().Sum("llm.calls") >= 3);
    }

    [Fact]
    public void Record_ListenerThrows_DelaysTheAppByLessThanAMillisecond()
    {
        using var runtime = RuntimeBuilder.Create();
        using var listener = Listen(runtime, static (_, _) => throw new InvalidOperationException("listener"));
        var times = new double[200];
        for (var i = 0; i < times.Length; i++)
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            runtime.Record(Call);
            times[i] = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        // Exceptions are dear, and a debugger or a busy machine makes single ones dearer: the usual one counts.
        Array.Sort(times);
        var usual = times[times.Length / 2];
        Assert.True(usual < 1, $"half of the calls took more than {usual:0.000} ms");
    }

    [Fact]
    public void Record_ListenerDisposesTheRuntime_ReturnsAndCounts()
    {
        using var runtime = RuntimeBuilder.Create();
        using var listener = Listen(runtime, (_, _) => runtime.Dispose());

        runtime.Record(Call);
        runtime.Record(Call);

        Assert.Equal(2, runtime.GetSnapshot().Sum("llm.calls"));
    }

    [Fact]
    public void GetSnapshot_CallbackDisposesTheRuntime_EndsInTime()
    {
        var runtime = RuntimeBuilder.Create(
            static options =>
                (options.CollectTimeout, options.ShutdownTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)),
            static builder => builder.AddExporter(static (_, _) => ValueTask.CompletedTask));
        var isCalled = false;
        runtime.Business.ObservedGauge("ends", () =>
        {
            isCalled = true;
            runtime.Dispose();
            return 1;
        });
        runtime.Record(Call);

        var start = Environment.TickCount64;
        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.calls"));

        Assert.True(isCalled);

        Assert.InRange(Environment.TickCount64 - start, 0, 10_000);
    }

    [Fact]
    public async Task ExportAsync_ExporterDisposesTheRuntime_EndsInTime()
    {
        LlmMetricsRuntime? runtime = null;
        runtime = RuntimeBuilder.Create(
            static options => options.ShutdownTimeout = TimeSpan.FromSeconds(1),
            builder => builder.AddExporter(async (_, _) => await runtime!.DisposeAsync()));
        runtime.Record(Call);

        await runtime.ExportAsync().WaitAsync(TimeSpan.FromSeconds(30));

        runtime.Record(Call);
        Assert.Equal(2, runtime.GetSnapshot().Sum("llm.calls"));
    }

    [Fact]
    public void Record_LoggerThrows_ReturnsNormally()
    {
        using var runtime = Create(new ManualTimeProvider(), new ThrowingLogger());

        runtime.Record(new LlmCall { InputTokens = -1 });

        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.calls"));
    }

    [Fact]
    public void ReportDropped_Twice_IsCountedAndLeftToTheAdapterToLog()
    {
        var time = new ManualTimeProvider();
        var log = new LogRecorder();
        using var runtime = Create(time, log);

        runtime.ReportDropped("test", 3);
        runtime.ReportDropped("test", 4);

        Assert.Equal(7, runtime.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "test")));
        Assert.Equal(0, log.Count("(test)"));
    }

    [Fact]
    public void Record_AfterDispose_DoesNothingBad()
    {
        var runtime = RuntimeBuilder.Create();
        runtime.Dispose();
        runtime.Dispose();

        runtime.Record(Call);

        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.calls"));
    }

    [Fact]
    public void GetSnapshot_ClockJumps_LeavesDurationsRight()
    {
        var time = new ManualTimeProvider();
        using var runtime = Create(time, new LogRecorder());
        time.Advance(TimeSpan.FromSeconds(10));
        time.SetUtcNow(time.GetUtcNow() - TimeSpan.FromHours(1));
        var back = runtime.GetSnapshot();
        time.SetUtcNow(time.GetUtcNow() + TimeSpan.FromDays(1));
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(10, back.Sum("app.uptime"));
        Assert.Equal(15, runtime.GetSnapshot().Sum("app.uptime"));
    }

    private static LlmMetricsRuntime Create(
        TimeProvider time, ILoggerProvider log, Action<ILlmMetricsBuilder>? build = null) =>
        RuntimeBuilder.Create(configure: null, builder =>
        {
            builder.Services.AddSingleton(time);
            builder.Services.AddLogging(logging => logging.AddProvider(log));
            build?.Invoke(builder);
        });

    private static MeterListener Listen(LlmMetricsRuntime runtime, Action<Instrument, double> callback)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == runtime.Registry.Meter)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => callback(instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => callback(instrument, value));
        listener.Start();
        return listener;
    }

    private sealed class Observer(Action act) : ILlmCallObserver
    {
        public void OnCall(in LlmCall llmCall) => act();
    }

    private sealed class ThrowingLogger : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => throw new InvalidOperationException("logger");

        public void Dispose()
        {
        }
    }
}
