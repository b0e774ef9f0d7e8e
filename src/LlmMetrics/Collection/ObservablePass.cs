using Microsoft.Extensions.Logging;

namespace LlmMetrics.Collection;

/// <summary>
/// Runs callbacks of observable instruments on a thread of their own, so that one that hangs delays a collection by the
/// timeout once. Until it returns it is left alone, and another thread runs the others.
/// </summary>
internal sealed class ObservablePass(Func<ObservableUnit[]> units, TimeSpan timeout, ILogger logger) : IDisposable
{
    private readonly Lock _running = new();
    private ObservableThread? _thread;
    private int _pass;
    private bool _isDisposed;

    /// <summary>Whether the caller is a callback: it must not wait for the pass that it is part of.</summary>
    public bool IsOnItsThread => ObservableThread.Current == this;

    /// <summary>Observes, or gives up waiting. The caller runs one pass at a time.</summary>
    public void Run()
    {
        ObservableThread thread;
        lock (_running)
        {
            if (_isDisposed)
            {
                return;
            }

            if (_thread is { IsRunning: true })
            {
                _thread.End();
                _thread = null;
            }

            thread = _thread ??= new ObservableThread(this, logger);
        }

        var all = units();
        var pass = ++_pass;
        if (!thread.Run(all, pass, timeout))
        {
            Log.CallbacksTimedOut(logger, timeout);
        }

        foreach (var unit in all)
        {
            unit.GiveUp(pass);
        }
    }

    public void Dispose()
    {
        lock (_running)
        {
            _isDisposed = true;
            _thread?.End();
        }
    }
}
