using Microsoft.Extensions.Logging;

namespace LlmMetrics.Collection;

/// <summary>What the library logs, at most once per subject and minute.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "LlmMetrics gave up a measurement ({Reason}). The app is not affected.")]
    public static partial void Failed(ILogger logger, string reason, Exception exception);

    [LoggerMessage(6, LogLevel.Warning,
        "LlmMetrics refused measurements ({Reason}); llmmetrics.dropped counts them. The app is not affected.")]
    public static partial void Dropped(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Warning,
        "{Name} has more values than its bound; further ones are counted as __other__. Totals stay exact.")]
    public static partial void Folding(ILogger logger, string name);

    [LoggerMessage(3, LogLevel.Warning,
        "Exporter {Exporter} failed ({Reason}). It is tried again at its interval; no more is said until it works.")]
    public static partial void ExportFailed(ILogger logger, string exporter, string reason, Exception? exception);

    [LoggerMessage(5, LogLevel.Information, "Exporter {Exporter} works again after {Failures} failures.")]
    public static partial void ExportRecovered(ILogger logger, string exporter, int failures);

    [LoggerMessage(4, LogLevel.Warning,
        "Callbacks of observable instruments took longer than {Timeout}; the collection went on without them.")]
    public static partial void CallbacksTimedOut(ILogger logger, TimeSpan timeout);
}
