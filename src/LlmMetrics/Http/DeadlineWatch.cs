using System.Diagnostics;

namespace LlmMetrics.Http;

/// <summary>
/// Tells whether a token was cancelled by a timer (HttpClient.Timeout, CancelAfter) or by the app.
/// </summary>
/// <remarks>
/// HttpClient hands its handlers a token that stands for both, and tells them apart only outside. What does differ is
/// who runs the callbacks of the token: they run within the cancellation, so what called into the cancellation
/// machinery is a timer or somebody's code. The stack is looked at only when a call is cancelled; if the runtime's
/// internals change, a timeout is reported as a cancellation.
/// </remarks>
internal static class DeadlineWatch
{
    private const string Source = "System.Threading.CancellationTokenSource";

    /// <summary>
    /// Whether this thread is cancelling a token just now because of a timer; null if it is not cancelling any.
    /// </summary>
    public static bool? IsTimerCancelling()
    {
        bool? isTimer = null;
        var wasSource = false;
        foreach (var frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is not { DeclaringTypeName: { } type } method)
            {
                continue;
            }

            if (type.StartsWith(Source, StringComparison.Ordinal))
            {
                // The callback of the source's own timer. It may be missing, as the compiler can make it a jump.
                (isTimer, wasSource) = (method.Name == "TimerCallback", true);
            }
            else if (wasSource && !type.StartsWith("System.Threading.ExecutionContext", StringComparison.Ordinal))
            {
                isTimer |= type.StartsWith("System.Threading.Timer", StringComparison.Ordinal);
                wasSource = false;
            }
        }

        return isTimer;
    }
}
