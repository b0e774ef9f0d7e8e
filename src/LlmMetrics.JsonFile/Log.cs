using Microsoft.Extensions.Logging;

namespace LlmMetrics;

/// <summary>What this package logs.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 3001,
        Level = LogLevel.Warning,
        Message = "Metrics could not be written to {Folder}; no more is said until it works again")]
    public static partial void WriteFailed(ILogger logger, string folder, Exception exception);

    [LoggerMessage(
        EventId = 3002,
        Level = LogLevel.Information,
        Message = "Metrics are written to {Folder} again; {Failures} files were not written")]
    public static partial void WriteRecovered(ILogger logger, string folder, int failures);

    [LoggerMessage(
        EventId = 3003,
        Level = LogLevel.Warning,
        Message = "Old metrics files in {Folder} could not be deleted; no more is said until it works again")]
    public static partial void RetentionFailed(ILogger logger, string folder, Exception exception);
}
