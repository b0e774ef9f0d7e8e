using Microsoft.Extensions.Logging;

namespace LlmMetrics.Collection;

/// <summary>
/// Runs callbacks of observable instruments on a thread of its own, so that one that hangs delays a collection by the
/// timeout at most, and later ones not at all until it returns.
/// </summary>
internal sealed class ObservablePass(Action observe, TimeSpan timeout, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private Thread? _thread;
    private volatile bool _isRunning;
    private volatile bool _disposed;

    /// <summary>Whether the caller is a callback: it must not wait for the pass that it is part of.</summary>
    public bool IsOnItsThread => Thread.CurrentThread == _thread;

    /// <summary>Observes, or gives up waiting. The caller runs one pass at a time.</summary>
    public void Run()
    {
        if (_disposed || _isRunning)
        {
            return;
        }

        if (_thread is null)
        {
            _thread = new Thread(Loop) { IsBackground = true, Name = "LlmMetrics observables" };
            _thread.UnsafeStart();
        }

        // A pass that ended after its collection gave up has left its signal behind.
        while (_done.CurrentCount > 0)
        {
            _done.Wait(0);
        }

        _isRunning = true;
        _wanted.Release();
        if (!_done.Wait(timeout))
        {
            Log.CallbacksTimedOut(logger, timeout);
        }
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _wanted.Release();
        }
    }

    private void Loop()
    {
        while (true)
        {
            _wanted.Wait();
            if (_disposed)
            {
                return;
            }

            try
            {
                observe();
            }
            catch (Exception exception)
            {
                // Nothing above this thread would catch it, and the process would end.
                Log.Failed(logger, LossReason.Callback, exception);
            }

            _isRunning = false;
            _done.Release();
        }
    }
}
