using Microsoft.Extensions.Logging;

namespace LlmMetrics;

/// <summary>Counts the warnings and errors that are logged.</summary>
internal sealed class LogRecorder : ILoggerProvider, ILogger
{
    private int _warnings;

    public int Warnings => Volatile.Read(ref _warnings);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning)
        {
            Interlocked.Increment(ref _warnings);
        }
    }

    public void Dispose()
    {
    }
}
