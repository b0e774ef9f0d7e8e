using Microsoft.Extensions.Logging;

namespace LlmMetrics.Endpoint;

/// <summary>What the package logs. Never a token, and never a label's value.</summary>
internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Warning,
        "Metric {Metric} of meter {Meter} is left out of Prometheus: another metric has the name {Name}.")]
    public static partial void NameConflict(ILogger logger, string metric, string meter, string name);

    [LoggerMessage(102, LogLevel.Warning,
        "A series of metric {Metric} of meter {Meter} is left out of Prometheus: another one has the name {Name} and "
        + "the same labels.")]
    public static partial void DuplicateSeries(ILogger logger, string metric, string meter, string name);

    [LoggerMessage(103, LogLevel.Warning,
        "A counter whose value is negative or not a number is left out of Prometheus until it is one.")]
    public static partial void IllegalValue(ILogger logger);

    [LoggerMessage(104, LogLevel.Warning, "A scrape by Prometheus failed. Further failures are logged once a minute.")]
    public static partial void ScrapeFailed(ILogger logger, Exception exception);

    [LoggerMessage(105, LogLevel.Information, "Prometheus can scrape {Address}/metrics.")]
    public static partial void Listening(ILogger logger, string address);

    [LoggerMessage(106, LogLevel.Warning,
        "The metrics at {Address} can be read by whoever reaches that address: set LlmMetrics:Prometheus:BearerToken, "
        + "or LlmMetrics:Prometheus:Host to 127.0.0.1.")]
    public static partial void Open(ILogger logger, string address);
}
