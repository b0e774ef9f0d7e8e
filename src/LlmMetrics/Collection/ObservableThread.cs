using Microsoft.Extensions.Logging;

namespace LlmMetrics.Collection;

/// <summary>A thread that runs passes over the callbacks, until one hangs and another thread takes its place.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Reliability", "CA1001", Justification = "A callback that hangs may release the semaphore after the end.")]
internal sealed class ObservableThread
{
    [ThreadStatic]
    private static ObservablePass? t_owner;

    private readonly SemaphoreSlim _wanted = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private readonly ObservablePass _owner;
    private readonly ILogger _logger;
    private (ObservableUnit[] Units, int Pass) _work;
    private int _started;
    private volatile int _finished;
    private volatile bool _isEnding;

    public ObservableThread(ObservablePass owner, ILogger logger)
    {
        (_owner, _logger) = (owner, logger);
        var thread = new Thread(Loop) { IsBackground = true, Name = "LlmMetrics observables" };
        thread.UnsafeStart();
    }

    /// <summary>The pass that the calling thread is part of.</summary>
    public static ObservablePass? Current => t_owner;

    /// <summary>Whether a pass that was given up still goes on. Asked by who runs the passes.</summary>
    public bool IsRunning => _finished != _started;

    /// <summary>Runs a pass; false if it takes longer than the timeout. It then goes on.</summary>
    public bool Run(ObservableUnit[] units, int pass, TimeSpan timeout)
    {
        _started = pass;
        _work = (units, pass);
        _wanted.Release();
        do
        {
            if (!_done.Wait(timeout))
            {
                return false;
            }
        }
        while (_finished != pass);

        // Otherwise it was the signal of a pass that ended after its collection had given up.
        return true;
    }

    /// <summary>Ends the thread once its callback returns.</summary>
    public void End()
    {
        _isEnding = true;
        _wanted.Release();
    }

    private void Loop()
    {
        t_owner = _owner;
        while (true)
        {
            _wanted.Wait();
            var (units, pass) = _work;
            foreach (var unit in _isEnding ? [] : units)
            {
                Observe(unit, pass);
                if (_isEnding)
                {
                    break;
                }
            }

            if (_isEnding)
            {
                return;
            }

            _finished = pass;
            _done.Release();
        }
    }

    private void Observe(ObservableUnit unit, int pass)
    {
        try
        {
            unit.Observe(pass);
        }
        catch (Exception exception)
        {
            // Nothing above this thread would catch it, and the process would end.
            Log.Failed(_logger, LossReason.Callback, exception);
        }
    }
}
