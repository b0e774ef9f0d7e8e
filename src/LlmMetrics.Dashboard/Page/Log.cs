using Microsoft.Extensions.Logging;

namespace LlmMetrics.Page;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The LlmMetrics page is not shown outside of Development: add "
        + "RequireAuthorization() or AllowAnonymous() to MapLlmDashboard. Said once.")]
    public static partial void Refused(ILogger logger);
}
