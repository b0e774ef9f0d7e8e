namespace LlmMetrics.Benchmarks.Recording;

/// <summary>Threads that record calls of one combination of tags whenever they are told to.</summary>
internal sealed class ThreadTeam : IDisposable
{
    private readonly Barrier _start;
    private readonly Barrier _end;
    private readonly Thread[] _threads;
    private readonly RecordOne _record;
    private readonly int _callsOfEach;
    private volatile bool _stopped;

    private ThreadTeam(int threads, int totalCalls, RecordOne record)
    {
        _record = record;
        _callsOfEach = totalCalls / threads;
        _start = new Barrier(threads + 1);
        _end = new Barrier(threads + 1);
        _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work) { IsBackground = true })];
    }

    public static ThreadTeam Start(int threads, int totalCalls, RecordOne record)
    {
        var team = new ThreadTeam(threads, totalCalls, record);
        foreach (var thread in team._threads)
        {
            thread.Start();
        }

        return team;
    }

    /// <summary>Returns when all calls have been recorded.</summary>
    public void Go()
    {
        _start.SignalAndWait();
        _end.SignalAndWait();
    }

    public void Dispose()
    {
        _stopped = true;
        _start.SignalAndWait();
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _start.Dispose();
        _end.Dispose();
    }

    private void Work()
    {
        var calls = new CallSource(Strings.Copies, sets: 1);
        while (true)
        {
            _start.SignalAndWait();
            if (_stopped)
            {
                return;
            }

            for (var i = 0; i < _callsOfEach; i++)
            {
                _record(calls.Next());
            }

            _end.SignalAndWait();
        }
    }
}
