using Microsoft.Extensions.Logging;

namespace LlmMetrics;

/// <summary>What this package logs.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = 3001,
        Level = LogLevel.Warning,
        Message = "Old metrics files in {Folder} could not be deleted; no more is said until it works again")]
    public static partial void RetentionFailed(ILogger logger, string folder, Exception exception);
}
