using LlmMetrics.Configuration;
using LlmMetrics.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlmMetrics;

/// <summary>Counts errors that the app logs.</summary>
public static class ErrorLogBuilderExtensions
{
    /// <summary>
    /// Counts each line that the app logs at Error (severity <c>error</c>) or Critical (<c>critical</c>) as an
    /// <see cref="ErrorEvent"/>. Its type is that of the exception, else the name of the event, else the category.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// Messages and their values are never looked at. Types are bounded by the cardinality guard. An error that is
    /// logged twice counts twice; lines of this library, and those from before it runs, do not count. Filters apply as
    /// to other providers, under the alias <c>LlmMetrics</c>.
    /// </remarks>
    public static ILlmMetricsBuilder AddErrorLogs(this ILlmMetricsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.All(static service => service.ServiceType != typeof(ErrorLogProvider)))
        {
            services.AddSingleton<ErrorLogProvider>();
            services.AddSingleton<IRuntimeListener>(static provider =>
                provider.GetRequiredService<ErrorLogProvider>());
            services.AddSingleton<ILoggerProvider>(static provider =>
                provider.GetRequiredService<ErrorLogProvider>());
        }

        return builder;
    }
}
