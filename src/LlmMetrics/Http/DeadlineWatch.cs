using System.Diagnostics;

namespace LlmMetrics.Http;

/// <summary>
/// Tells whether a token was cancelled by a timer (HttpClient.Timeout, CancelAfter) or by the app.
/// </summary>
/// <remarks>
/// HttpClient hands its handlers a token that stands for both, and tells them apart only outside. What does differ is
/// who runs the token's callbacks: they run within the cancellation, so the first caller outside the cancellation
/// machinery is a timer or somebody's code. Only looked at when a call is cancelled; if the runtime's internals
/// change, a timeout is reported as a cancellation.
/// </remarks>
internal static class DeadlineWatch
{
    private const string TokenSource = "System.Threading.CancellationTokenSource";
    private const string Timer = "System.Threading.TimerQueueTimer";

    private static readonly string[] _machinery =
    [
        "System.Threading.CancellationToken",
        "System.Threading.ExecutionContext",
        "LlmMetrics.Http.DeadlineWatch",
        "LlmMetrics.Http.LlmCallObservation",
    ];

    /// <summary>To be asked within a callback of the token.</summary>
    public static bool IsTimerCancelling()
    {
        foreach (var frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is not { DeclaringTypeName: { } type } method)
            {
                continue;
            }

            if (type == Timer || method is { Name: "TimerCallback", DeclaringTypeName: TokenSource })
            {
                return true;
            }

            if (!IsMachinery(type))
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsMachinery(string type)
    {
        foreach (var part in _machinery)
        {
            if (type.StartsWith(part, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
