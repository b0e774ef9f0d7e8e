using Microsoft.Extensions.Logging;

namespace LlmMetrics.Pricing;

/// <summary>What is said about price files, once per episode.</summary>
internal static partial class Log
{
    [LoggerMessage(20, LogLevel.Error,
        "The price file cannot be used: {Reason}. Its last good prices go on being used, if there are any.")]
    public static partial void Refused(ILogger logger, string reason);

    [LoggerMessage(21, LogLevel.Information, "Prices were read from {File}.")]
    public static partial void Read(ILogger logger, string file);

    [LoggerMessage(22, LogLevel.Warning, "Model aliases stand for models without a price: {Aliases}.")]
    public static partial void DanglingAliases(ILogger logger, string aliases);

    [LoggerMessage(23, LogLevel.Error,
        "The changed configuration of prices cannot be used: {Reason}. The last good one goes on being used.")]
    public static partial void ConfigurationRefused(ILogger logger, string reason);

    [LoggerMessage(24, LogLevel.Debug,
        "Changes of {Folder} are not notified ({Reason}); price files are looked at at their interval.")]
    public static partial void NotWatched(ILogger logger, string folder, string reason);
}
