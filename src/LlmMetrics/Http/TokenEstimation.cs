using LlmMetrics.Facts;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>Puts estimates in the place of tokens that an answer did not tell, where the app asks for that.</summary>
internal static class TokenEstimation
{
    /// <summary>Estimates a call's tokens if they are missing and the app asks for that. Never throws.</summary>
    public static void Complete(
        LlmMetricsRuntime runtime, BodyScanner? scanner, RequestText? text, ref FactData fact)
    {
        if (text?.All is not { } all
            || runtime.Estimator is not { } estimator
            || fact.Closed.UsageMissing == (int)UsageMissingReason.None)
        {
            return;
        }

        var request = new PassedText { Bytes = all.Bytes, Characters = all.Characters };
        try
        {
            if (TryWrite(estimator, scanner, in request, ref fact))
            {
                fact.Closed.UsageSource = (int)UsageSource.Estimated;
            }
        }
        catch (Exception exception)
        {
            runtime.Diagnostics.Failed(Losses.Estimator, exception);
        }
    }

    /// <summary>
    /// Estimates both directions; false if there is nothing to go by. An answer that could not be read is not
    /// estimated; one that was broken off is, up to there.
    /// </summary>
    private static bool TryWrite(
        ITokenEstimator estimator, BodyScanner? scanner, in PassedText request, ref FactData fact)
    {
        var isUnparsed = fact.Closed.UsageMissing == (int)UsageMissingReason.Unparsed;
        if (isUnparsed || scanner is not { IsGivenUp: false } || request.Bytes == 0)
        {
            return false;
        }

        var provider = fact.Key(FactField.Provider);
        var model = fact.Key(FactField.ResponseModel) ?? fact.Key(FactField.RequestModel);
        var answer = new PassedText
        {
            Characters = scanner.Capture.TextCharacters,
            Bytes = scanner.Capture.TextBytes,
            Provider = provider,
            Model = model,
        };
        var input = estimator.Estimate(request with { IsInput = true, Provider = provider, Model = model });
        var output = fact.Key(FactField.Operation) == LlmOperation.Embeddings ? null : estimator.Estimate(in answer);
        fact.Set(FactValue.InputTokens, input is >= 0 ? input : null);
        fact.Set(FactValue.OutputTokens, output is >= 0 ? output : null);
        return input is >= 0 || output is >= 0;
    }
}
