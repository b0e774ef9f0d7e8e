using LlmMetrics.Facts;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Health;

/// <summary>Counts what a category logs at Error and above. Looks at no message and no state.</summary>
internal sealed class ErrorLogger(string category, ErrorLogProvider provider) : ILogger
{
    [ThreadStatic]
    private static bool t_counting;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Error or LogLevel.Critical;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        // Counting may make listeners log errors of their own, which must not count themselves without end.
        if (!IsEnabled(logLevel) || t_counting || provider.Runtime is not { } runtime)
        {
            return;
        }

        t_counting = true;
        try
        {
            runtime.Record(new ErrorEvent
            {
                ErrorType = exception is not null ? ErrorTypes.Of(exception)
                    : string.IsNullOrWhiteSpace(eventId.Name) ? category : eventId.Name,
                Severity = logLevel == LogLevel.Critical ? "critical" : "error",
            });
        }
        finally
        {
            t_counting = false;
        }
    }
}
