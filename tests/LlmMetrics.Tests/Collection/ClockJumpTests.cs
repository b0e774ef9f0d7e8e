using LlmMetrics.Testing;
using LlmMetrics.Tests.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tests.Collection;

/// <summary>The wall clock falls back or leaps ahead: what is measured, and when it is exported, stays.</summary>
public sealed class ClockJumpTests
{
    public static TheoryData<double> Hours() => [-1, 24, -24 * 400];

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Duration_OfACallAcrossAJump_IsRight(double hours)
    {
        var time = new ManualTimeProvider();
        using var scenario = new Scenario(Scenario.Chat(), time);
        using var response = await scenario.SendAsync();
        time.Advance(TimeSpan.FromSeconds(2));
        time.SetUtcNow(time.GetUtcNow().AddHours(hours));
        var stream = await response.Content.ReadAsStreamAsync();
        Assert.NotEqual(0, await stream.ReadAsync(new byte[400]));
        time.Advance(TimeSpan.FromSeconds(3));

        await stream.CopyToAsync(Stream.Null);

        Assert.Equal(TimeSpan.FromSeconds(5), scenario.Log.Single.Duration);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Duration_OfAnAgentAcrossAJump_IsRight(double hours)
    {
        var time = new ManualTimeProvider();
        using var runtime = Create(time);

        await runtime.MeasureAgentAsync("a", _ =>
        {
            time.SetUtcNow(time.GetUtcNow().AddHours(hours));
            time.Advance(TimeSpan.FromSeconds(7));
            return Task.CompletedTask;
        });

        Assert.True(runtime.GetSnapshot().TryGetFamily("gen_ai.invoke_agent.duration", out var durations));
        Assert.Equal(7, Assert.Single(durations).Sum, 9);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Schedule_AcrossAJump_NeitherSkipsNorDoubles(double hours)
    {
        var time = new ManualTimeProvider();
        var exported = new SemaphoreSlim(0);
        await using var runtime = Create(time, builder => builder.AddExporter((_, _) =>
        {
            exported.Release();
            return ValueTask.CompletedTask;
        }));
        for (var cycle = 0; cycle < 20; cycle++)
        {
            await WaitForTimersAsync(time);
            if (cycle % 4 == 3)
            {
                time.SetUtcNow(time.GetUtcNow().AddHours(hours));
                Assert.Equal(0, exported.CurrentCount);
            }

            time.Advance(TimeSpan.FromSeconds(60));
            Assert.True(await exported.WaitAsync(TimeSpan.FromSeconds(30)), $"cycle {cycle} was skipped");
        }

        Assert.Equal(0, exported.CurrentCount);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void HideIdleAfter_AcrossAJump_CountsRealTime(double hours)
    {
        var time = new ManualTimeProvider();
        using var runtime = Create(time, configure: static o => o.HideIdleAfter = TimeSpan.FromMinutes(10));
        runtime.Record(new LlmCall { RequestModel = "m" });
        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.calls"));

        time.SetUtcNow(time.GetUtcNow().AddHours(hours));
        time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.calls"));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(double.NaN, runtime.GetSnapshot().Sum("llm.calls"));
    }

    private static LlmMetricsRuntime Create(
        TimeProvider time, Action<ILlmMetricsBuilder>? build = null, Action<LlmMetricsOptions>? configure = null) =>
        RuntimeBuilder.Create(configure, builder =>
        {
            builder.Services.AddSingleton(time);
            build?.Invoke(builder);
        });

    /// <summary>A loop that has not come back to its timer would miss the next tick.</summary>
    private static async Task WaitForTimersAsync(ManualTimeProvider time)
    {
        for (var i = 0; time.ActiveTimers == 0 && i < 20_000; i++)
        {
            await Task.Delay(1);
        }
    }
}
