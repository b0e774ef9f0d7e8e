using Microsoft.Extensions.Logging;

namespace LlmMetrics.Diagnostics;

/// <summary>What this package logs.</summary>
internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Information, "[OpenTelemetry] SDK started with config: {Config}")]
    public static partial void Started(ILogger logger, string config);

    [LoggerMessage(3102, LogLevel.Warning, "[OpenTelemetry] {Warning}")]
    public static partial void Ignored(ILogger logger, string warning);

    [LoggerMessage(3103, LogLevel.Warning,
        "[OpenTelemetry] Headers are sent without encryption to another machine. Use an https endpoint.")]
    public static partial void Unencrypted(ILogger logger);

    [LoggerMessage(3104, LogLevel.Warning,
        "[OpenTelemetry] The host has an OpenTelemetry pipeline of its own, beside AddOtlp(). If it has "
        + "AddLlmMetricsInstrumentation(), everything is exported twice: keep one of the two.")]
    public static partial void TwoPipelines(ILogger logger);

    [LoggerMessage(3105, LogLevel.Warning,
        "[OpenTelemetry] Not everything could be delivered within the shutdown timeout of {Timeout}")]
    public static partial void NotDelivered(ILogger logger, TimeSpan timeout);

    [LoggerMessage(3106, LogLevel.Warning, "[OpenTelemetry] {Message}")]
    public static partial void SdkWarning(ILogger logger, string message);

    [LoggerMessage(3109, LogLevel.Warning, "[OpenTelemetry] {Message} ({Suppressed} more since the last warning)")]
    public static partial void SdkWarningAgain(ILogger logger, string message, int suppressed);

    [LoggerMessage(3107, LogLevel.Information, "[OpenTelemetry] {Message}")]
    public static partial void SdkInformation(ILogger logger, string message);

    [LoggerMessage(3108, LogLevel.Debug, "[OpenTelemetry] {Message}")]
    public static partial void SdkDebug(ILogger logger, string message);
}
