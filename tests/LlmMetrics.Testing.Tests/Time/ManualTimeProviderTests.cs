namespace LlmMetrics.Testing.Tests;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Advance_BothClocks_MoveTogether()
    {
        var (started, wall) = (_time.GetTimestamp(), _time.GetUtcNow());
        _time.Advance(TimeSpan.FromMilliseconds(1500));
        Assert.Equal(TimeSpan.FromSeconds(1.5), _time.GetElapsedTime(started));
        Assert.Equal(TimeSpan.FromSeconds(1.5), _time.GetUtcNow() - wall);
    }

    [Fact]
    public void SetUtcNow_Backwards_LeavesDurationsAlone()
    {
        var started = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.SetUtcNow(DateTimeOffset.UnixEpoch);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(3), _time.GetElapsedTime(started));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(2), _time.GetUtcNow());
    }

    [Fact]
    public void CreateTimer_PeriodicTimer_FiresOncePerPeriodAtItsTime()
    {
        var start = _time.GetUtcNow();
        var fired = new List<double>();
        using var timer = _time.CreateTimer(
            _ => fired.Add((_time.GetUtcNow() - start).TotalSeconds),
            null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(5.5));
        Assert.Equal([1, 3, 5], fired);
    }

    [Fact]
    public void CreateTimer_SeveralTimers_FireInOrderOfTime()
    {
        var order = "";
        using var late = Once(2, () => order += "late ");
        using var soon = Once(1, () => order += "soon ");
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("soon late ", order);
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public void CreateTimer_DisposedInItsCallback_StopsFiring()
    {
        var count = 0;
        ITimer? timer = null;
        timer = _time.CreateTimer(Stop, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, count);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));

        void Stop(object? state)
        {
            count++;
            timer!.Dispose();
        }
    }

    [Fact]
    public async Task CreateTimer_DelayOfTheFramework_EndsWhenTimeIsAdvanced()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _time);
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(30), _time);
        Assert.Equal(2, _time.ActiveTimers);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(delay.IsCompleted);
        Assert.True(await ticks.WaitForNextTickAsync());
        _time.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }

    [Fact]
    public void CreateTimer_DueTimeZero_FiresAtOnce()
    {
        var fired = false;
        using var timer = Once(0, () => fired = true);
        Assert.True(fired);
    }

    private ITimer Once(double seconds, Action action) => _time.CreateTimer(
        _ => action(),
        null,
        TimeSpan.FromSeconds(seconds),
        Timeout.InfiniteTimeSpan);
}
