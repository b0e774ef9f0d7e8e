using LlmMetrics.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Tests.Health;

public sealed class ErrorLogTests
{
    [Fact]
    public void Log_ErrorAndAbove_CountsTypeAndSeverity()
    {
        using var services = Build();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Orders");
        var runtime = services.GetRequiredService<LlmMetricsRuntime>();

        logger.LogError(new TimeoutException("secret sk-1234"), "Order {Order} failed for alice", 17);
        logger.LogCritical(new EventId(7, "OrderLost"), "secret sk-1234");
        logger.LogError("secret sk-1234");
        logger.LogError(new MyException<string>(), "x");
        logger.LogWarning(new TimeoutException(), "not counted");
        logger.LogInformation("not counted");

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(4, snapshot.Sum("app.errors"));
        Assert.Equal(1, snapshot.Sum("app.errors", ("type", "System.TimeoutException"), ("severity", "error")));
        Assert.Equal(1, snapshot.Sum("app.errors", ("type", "OrderLost"), ("severity", "critical")));
        Assert.Equal(1, snapshot.Sum("app.errors", ("type", "Shop.Orders"), ("severity", "error")));
        Assert.Equal(1, snapshot.Sum("app.errors", ("type", typeof(MyException<>).FullName!)));
        Assert.DoesNotContain(
            snapshot.Families.SelectMany(static family => family.SelectMany(static series => series.Tags.ToArray())),
            static tag => tag.Value!.ToString()!.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Log_OwnLinesAndErrorsWhileCounting_AreNotCounted()
    {
        using var services = Build();
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var runtime = services.GetRequiredService<LlmMetricsRuntime>();
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == runtime.Registry.Meter)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => loggers.CreateLogger("Listener").LogError("again"));
        listener.Start();

        loggers.CreateLogger("LlmMetrics").LogError("own");
        loggers.CreateLogger("LlmMetrics.Prometheus.ScrapeHandler").LogError("own");
        loggers.CreateLogger("LlmMetricsDemo").LogError("the app's");

        Assert.Equal(1, runtime.GetSnapshot().Sum("app.errors"));
        Assert.Equal(1, runtime.GetSnapshot().Sum("app.errors", ("type", "LlmMetricsDemo")));
    }

    [Fact]
    public void Log_BeforeTheRuntimeExistsOrAfterItIsGone_DoesNothing()
    {
        var services = Build();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Early");

        logger.LogError("nobody counts yet");
        var runtime = services.GetRequiredService<LlmMetricsRuntime>();
        Assert.False(runtime.GetSnapshot().TryGetFamily("app.errors", out _));
        services.Dispose();

        logger.LogError("nobody counts any more");
    }

    [Fact]
    public void AddErrorLogs_AnotherListenerIsThere_CountsStill()
    {
        using var services = Build(static builder =>
        {
            builder.Services.AddSingleton<IRuntimeListener>(new Listener());
            return builder.AddErrorLogs();
        });
        var runtime = services.GetRequiredService<LlmMetricsRuntime>();

        services.GetRequiredService<ILoggerFactory>().CreateLogger("x").LogError("x");

        Assert.Equal(1, runtime.GetSnapshot().Sum("app.errors"));
    }

    [Fact]
    public void Log_NotAskedFor_CountsNothing()
    {
        using var services = Build(static builder => builder);
        var runtime = services.GetRequiredService<LlmMetricsRuntime>();

        services.GetRequiredService<ILoggerFactory>().CreateLogger("x").LogError("x");

        Assert.False(runtime.GetSnapshot().TryGetFamily("app.errors", out _));
    }

    private static ServiceProvider Build(Func<ILlmMetricsBuilder, ILlmMetricsBuilder>? add = null)
    {
        var services = new ServiceCollection();
        (add ?? (static builder => builder.AddErrorLogs().AddErrorLogs()))(
            services.AddLlmMetrics(static options => options.Meters.Clear()));
        return services.BuildServiceProvider();
    }

    private sealed class MyException<T> : Exception;

    private sealed class Listener : IRuntimeListener
    {
        public void OnCreated(LlmMetricsRuntime runtime)
        {
        }
    }
}
