using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.EndToEnd.Tests.Secrets;

/// <summary>All that this library logs, at every level, with its exceptions.</summary>
internal sealed class LogText : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public override string ToString() => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("LlmMetrics", StringComparison.Ordinal)
            ? new Lines(_lines)
            : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public void Dispose()
    {
        // Nothing is open.
    }

    private sealed class Lines(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
    }
}
