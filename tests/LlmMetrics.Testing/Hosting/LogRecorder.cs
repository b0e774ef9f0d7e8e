using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Testing;

/// <summary>Keeps what is logged, exceptions included, whatever its category and level.</summary>
public sealed class LogRecorder : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = new();

    /// <summary>Gets all texts, in order.</summary>
    public IReadOnlyList<string> Texts => [.. _entries.Select(static entry => entry.Text)];

    /// <summary>Gets the texts of warnings and worse, in order.</summary>
    public IReadOnlyList<string> Warnings =>
        [.. _entries.Where(static entry => entry.Level >= LogLevel.Warning).Select(static entry => entry.Text)];

    /// <summary>Counts the texts that contain a part.</summary>
    /// <param name="part">The part.</param>
    public int Count(string part) => Texts.Count(text => text.Contains(part, StringComparison.Ordinal));

    /// <summary>Gives everything, for the message of a test that fails.</summary>
    public override string ToString() =>
        string.Join('\n', _entries.Select(static entry => $"{entry.Level}: {entry.Text}"));

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        _entries.Enqueue((logLevel, formatter(state, exception) + exception));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
