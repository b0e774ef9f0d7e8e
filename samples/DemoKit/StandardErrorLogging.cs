using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace DemoKit;

/// <summary>Leaves standard output to what the sample itself has to say.</summary>
public static class StandardErrorLogging
{
    /// <summary>Logs to standard error: this app in full, the framework its warnings.</summary>
    public static void UseStandardError(this ILoggingBuilder logging) => logging
        .ClearProviders()
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("System", LogLevel.Warning)
        .AddFilter("Polly", LogLevel.Error)
        .AddSimpleConsole(static console => console.SingleLine = true)
        .Services.Configure<ConsoleLoggerOptions>(
            static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
