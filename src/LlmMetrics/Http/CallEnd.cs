using System.Net.Sockets;
using LlmMetrics.Facts;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>How a call came to its end, as outcome and error type.</summary>
internal sealed record CallEnd(LlmOutcome Outcome, string? ErrorType)
{
    /// <summary>Statuses from here on are errors.</summary>
    public const int FirstErrorStatus = 400;

    public bool IsTimeout => ErrorType == ErrorTypes.Timeout;

    public static CallEnd Ok { get; } = new(LlmOutcome.Ok, null);

    public static CallEnd Cancelled { get; } = new(LlmOutcome.Cancelled, null);

    public static CallEnd Incomplete { get; } = new(LlmOutcome.Incomplete, null);

    public static CallEnd TimedOut { get; } = new(LlmOutcome.Error, ErrorTypes.Timeout);

    public static CallEnd Of(Exception exception, bool isDeadline)
    {
        if (IsTimedOut(exception) || (isDeadline && exception is OperationCanceledException))
        {
            return TimedOut;
        }

        return exception is OperationCanceledException
            ? Cancelled
            : new CallEnd(LlmOutcome.Error, ErrorTypes.Of(exception));
    }

    /// <summary>What the body says about the end; it knows better than whoever ended it.</summary>
    public CallEnd Resolve(BodyScanner scanner)
    {
        var capture = scanner.Capture;
        if (capture.Has(LlmField.Error))
        {
            var type = capture.String(LlmField.ErrorType) ?? capture.String(LlmField.ErrorCode);
            return new CallEnd(LlmOutcome.Error, type ?? ErrorTypes.Other);
        }

        if (Outcome == LlmOutcome.Cancelled && scanner.IsComplete)
        {
            return Ok;
        }

        return Outcome == LlmOutcome.Ok && scanner.IsCutShort ? Incomplete : this;
    }

    /// <summary>Why a call that ended so has no figures.</summary>
    public UsageMissingReason WhyMissing(int status, bool isUnread, BodyScanner? scanner)
    {
        if (status >= FirstErrorStatus || (status == 0 && Outcome == LlmOutcome.Error && !IsTimeout))
        {
            // A refused call and one that never reached the provider used nothing that could be missing.
            return UsageMissingReason.None;
        }

        if (Outcome != LlmOutcome.Ok)
        {
            return UsageMissingReason.Aborted;
        }

        return isUnread || scanner is { IsUnreadable: true }
            ? UsageMissingReason.Unparsed
            : UsageMissingReason.NotReported;
    }

    private static bool IsTimedOut(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is TimeoutException or SocketException { SocketErrorCode: SocketError.TimedOut })
            {
                return true;
            }
        }

        return false;
    }
}
