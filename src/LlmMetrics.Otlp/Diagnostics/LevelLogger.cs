using Microsoft.Extensions.Logging;

namespace LlmMetrics.Diagnostics;

/// <summary>A logger with a lowest level of its own (<c>OTEL_LOG_LEVEL</c>) beside that of the host.</summary>
internal sealed class LevelLogger(ILogger inner, LogLevel lowest) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest && inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= lowest)
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
