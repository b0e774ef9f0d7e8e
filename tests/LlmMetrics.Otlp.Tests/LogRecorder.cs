using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LlmMetrics;

/// <summary>Keeps what is logged, exceptions included.</summary>
internal sealed class LogRecorder : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();

    public string[] Texts => [.. _entries.Select(static entry => entry.Text)];

    public int Warnings => _entries.Count(static entry => entry.Level >= LogLevel.Warning);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((logLevel, formatter(state, exception) + exception));

    public void Dispose()
    {
    }
}
