using LlmMetrics.Facts;
using LlmMetrics.Http;

namespace LlmMetrics.Llm;

/// <summary>Reads one event of a realtime session into the fact of the response that it ends.</summary>
internal static class RealtimeEvent
{
    /// <summary>Fills in what the event says; false if it ends no response.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, ref FactData fact)
    {
        var scanner = ScannerPool.Rent();
        try
        {
            scanner.Capture.Reset();
            scanner.Json.Reset(RealtimeProtocol.Events.Response);
            scanner.Json.Feed(json);
            if (!scanner.Capture.Text(LlmField.EventType).SequenceEqual(RealtimeProtocol.ResponseDone))
            {
                return false;
            }

            Fill(scanner.Capture, scanner.Json.IsDone, ref fact);
            return true;
        }
        finally
        {
            ScannerPool.Return(scanner);
        }
    }

    private static void Fill(FieldCapture capture, bool isWhole, ref FactData fact)
    {
        fact.KeyFields[(int)FactField.Provider] ??= LlmProviders.OpenAi;
        fact.KeyFields[(int)FactField.Operation] ??= LlmOperation.Realtime;
        fact.KeyFields[(int)FactField.ResponseModel] ??= capture.String(LlmField.Model);
        var end = EndOf(capture);
        fact.Closed.HasOutcome = true;
        fact.Closed.Outcome = (int)end.Outcome;
        fact.KeyFields[(int)FactField.ErrorType] = end.ErrorType;

        // What the caller knows of tokens is not what the provider counted.
        fact.Figures.Forget(FactFigures.Tokens);
        var isKnown = UsageNormalizer.TryWrite(
            capture, RealtimeProtocol.Events, fact.KeyFields[(int)FactField.Operation]!, ref fact);
        fact.Closed.UsageSource = (int)(isKnown ? UsageSource.Provider : UsageSource.None);
        fact.Closed.UsageMissing = (int)(isKnown ? UsageMissingReason.None : WhyMissing(end, isWhole));
    }

    private static CallEnd EndOf(FieldCapture capture)
    {
        var status = capture.Text(LlmField.FinishReason);
        if (status.SequenceEqual("failed"u8) || capture.Has(LlmField.Error))
        {
            var type = capture.String(LlmField.ErrorCode) ?? capture.String(LlmField.ErrorType);
            return new CallEnd(LlmOutcome.Error, type ?? ErrorTypes.Other);
        }

        return status.SequenceEqual("cancelled"u8) ? CallEnd.Cancelled
            : status.SequenceEqual("incomplete"u8) ? CallEnd.Incomplete
            : CallEnd.Ok;
    }

    private static UsageMissingReason WhyMissing(CallEnd end, bool isWhole) =>
        !isWhole ? UsageMissingReason.Unparsed
        : end.Outcome == LlmOutcome.Ok ? UsageMissingReason.NotReported
        : UsageMissingReason.Aborted;
}
