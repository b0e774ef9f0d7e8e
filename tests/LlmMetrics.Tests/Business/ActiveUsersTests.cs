using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tests.Business;

public sealed class ActiveUsersTests
{
    [Fact]
    public void UserSeen_SlidingWindow_CountsDistinctUsersOfIt()
    {
        var time = new ManualTimeProvider();
        using var runtime = Create(time);
        Assert.False(runtime.GetSnapshot().TryGetFamily("shop.active_users", out _));

        runtime.Business.UserSeen("alice");
        runtime.Business.UserSeen("alice");
        time.Advance(TimeSpan.FromMinutes(3));
        runtime.Business.UserSeen("bob");
        runtime.Business.UserSeen("");
        runtime.Business.UserSeen(null);
        Assert.Equal(2, runtime.GetSnapshot().Sum("shop.active_users"));

        time.Advance(TimeSpan.FromMinutes(2.5));
        Assert.Equal(1, runtime.GetSnapshot().Sum("shop.active_users"));
        runtime.Business.UserSeen("bob");
        time.Advance(TimeSpan.FromMinutes(4.9));
        Assert.Equal(1, runtime.GetSnapshot().Sum("shop.active_users"));

        // Nobody is there, and that is known.
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, runtime.GetSnapshot().Sum("shop.active_users"));
    }

    [Fact]
    public void UserSeen_WallClockJumps_ChangesNothing()
    {
        var time = new ManualTimeProvider();
        using var runtime = Create(time);
        runtime.Business.UserSeen("alice");

        time.SetUtcNow(time.GetUtcNow().AddDays(-1));
        Assert.Equal(1, runtime.GetSnapshot().Sum("shop.active_users"));
        time.SetUtcNow(time.GetUtcNow().AddDays(30));

        Assert.Equal(1, runtime.GetSnapshot().Sum("shop.active_users"));
    }

    [Fact]
    public void UserSeen_MoreThanAllowed_CountsWhatItCouldNotKeepAndRecovers()
    {
        var time = new ManualTimeProvider();
        using var runtime = Create(time, static options => options.ActiveUsers.MaxUsers = 160);

        for (var i = 0; i < 10_000; i++)
        {
            runtime.Business.UserSeen($"user {i}");
        }

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(160, snapshot.Sum("shop.active_users"));
        Assert.Equal(9840, Dropped(runtime));

        time.Advance(TimeSpan.FromMinutes(6));
        runtime.Business.UserSeen("late");
        Assert.Equal(1, runtime.GetSnapshot().Sum("shop.active_users"));
        Assert.Equal(9840, Dropped(runtime));
    }

    [Fact]
    public void UserSeen_FullAsUsersComeAndGo_LooksForRoomNowAndThenOnly()
    {
        var time = new ManualTimeProvider();
        using var runtime = Create(time, static options =>
            (options.ActiveUsers.MaxUsers, options.ActiveUsers.Window) = (1000, TimeSpan.FromSeconds(10)));

        // As one comes another leaves. A look at all of them for each would take the app's time.
        for (var i = 0; i < 5000; i++)
        {
            runtime.Business.UserSeen($"user {i}");
            time.Advance(TimeSpan.FromMilliseconds(10.05));
        }

        // Some come between two looks; each makes room until the next.
        Assert.InRange(Dropped(runtime), 5, 100);
        Assert.InRange(runtime.GetSnapshot().Sum("shop.active_users"), 975, 1000);
    }

    [Fact]
    public void UserSeen_SmallBound_IsUsedToTheFull()
    {
        using var runtime = Create(new ManualTimeProvider(), static options => options.ActiveUsers.MaxUsers = 100);

        for (var i = 0; i < 100; i++)
        {
            runtime.Business.UserSeen($"user {i}");
        }

        Assert.Equal(100, runtime.GetSnapshot().Sum("shop.active_users"));
        Assert.Equal(double.NaN, Dropped(runtime));
    }

    [Fact]
    public void UserSeen_ManyThreads_CountsEachUserOnce()
    {
        using var runtime = Create(new ManualTimeProvider());

        Parallel.For(0, 40_000, i => runtime.Business.UserSeen($"user {i % 5000}"));

        Assert.Equal(5000, runtime.GetSnapshot().Sum("shop.active_users"));
    }

    [Fact]
    public void UserSeen_KnownUser_AllocatesNothing()
    {
        using var runtime = Create(new ManualTimeProvider());

        Assert.Equal(0, Allocations.Measure(() => runtime.Business.UserSeen("alice@example.com")));
    }

    private static double Dropped(LlmMetricsRuntime runtime) =>
        runtime.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "too_many_users"));

    private static LlmMetricsRuntime Create(TimeProvider time, Action<LlmMetricsOptions>? configure = null) =>
        RuntimeBuilder.Create(configure, builder =>
        {
            builder.Services.AddSingleton(time);
            builder.AddProfile(MetricProfile.GenAi).AddProfile(MetricProfile.Prefixed("shop"));
        });
}
