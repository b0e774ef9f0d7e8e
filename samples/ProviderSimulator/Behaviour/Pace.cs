namespace Simulator.Behaviour;

/// <summary>
/// Waits at the speed of the options. Timers tick in milliseconds, so shorter waits are owed and paid together:
/// a fast simulator keeps its total time instead of sleeping a millisecond per chunk.
/// </summary>
internal sealed class Pace(double speed, TimeProvider time)
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(2);
    private TimeSpan _owed;

    public async ValueTask WaitAsync(TimeSpan nominal, CancellationToken cancellationToken)
    {
        _owed += nominal / speed;
        if (_owed < _tick)
        {
            return;
        }

        var start = time.GetTimestamp();
        await Task.Delay(_owed, time, cancellationToken);
        _owed -= time.GetElapsedTime(start);
    }
}
