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
    private volatile bool _isRunning;
    private volatile bool _isEnding;

    public ObservableThread(ObservablePass owner, ILogger logger)
    {
        (_owner, _logger) = (owner, logger);
        var thread = new Thread(Loop) { IsBackground = true, Name = "LlmMetrics observables" };
        thread.UnsafeStart();
    }

    /// <summary>The pass that the calling thread is part of.</summary>
    public static ObservablePass? Current => t_owner;

    public bool IsRunning => _isRunning;

    /// <summary>Runs a pass; false if it takes longer than the timeout. It then goes on.</summary>
    public bool Run(ObservableUnit[] units, int pass, TimeSpan timeout)
    {
        // A pass that ended after its collection gave up has left its signal behind.
        while (_done.CurrentCount > 0)
        {
            _done.Wait(0);
        }

        _work = (units, pass);
        _isRunning = true;
        _wanted.Release();
        return _done.Wait(timeout);
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

            _isRunning = false;
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
