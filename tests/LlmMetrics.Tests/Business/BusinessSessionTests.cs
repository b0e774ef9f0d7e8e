using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tests.Business;

public sealed class BusinessSessionTests
{
    [Fact]
    public async Task Dispose_OnAnotherThread_EndsTheSessionOnce()
    {
        var time = new ManualTimeProvider();
        await using var runtime = RuntimeBuilder.Create(build: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.AddProfile(MetricProfile.GenAi).AddProfile(MetricProfile.Prefixed("testboost"));
        });

        BusinessSession visit;
        using (runtime.BeginScope(feature: "shop"))
        {
            visit = runtime.Business.StartSession("visit");
        }

        using var call = runtime.Business.StartSession("call");
        Assert.Equal(2, runtime.GetSnapshot().Sum("testboost.active_sessions"));
        time.Advance(TimeSpan.FromMinutes(2));
        await Task.Run(() => Parallel.For(0, 100, _ => visit.Dispose()));

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("testboost.active_sessions"));
        Assert.Equal(0, snapshot.Sum("app.sessions.active", ("kind", "visit"), ("feature", "shop")));
        Assert.Equal(1, snapshot.Sum("app.sessions.active", ("kind", "call")));
        Assert.Equal(1, snapshot.Sum("app.session.duration", ("kind", "visit"), ("feature", "shop")));
        Assert.True(snapshot.TryGetFamily("testboost.session.duration", out var durations));
        Assert.Equal(120, Assert.Single(durations).Sum);
    }

    [Fact]
    public void StartSession_SwitchedOff_DoesNothing()
    {
        using var runtime = RuntimeBuilder.Create(static options => options.Enabled = false);

        runtime.Business.StartSession("visit").Dispose();

        Assert.Empty(runtime.GetSnapshot().Families);
    }
}
