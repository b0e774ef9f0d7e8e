using LlmMetrics.Facts;

namespace LlmMetrics.Llm;

/// <summary>
/// Brings what a provider reported to inclusive counts: cached tokens are part of the input, reasoning is part of the
/// output. Where a provider (or a gateway in front of it) counts them apart, the total it reports gives it away.
/// </summary>
internal static class UsageNormalizer
{
    /// <summary>Writes the counts; false if there are none.</summary>
    public static bool TryWrite(FieldCapture capture, string operation, ref FactData fact)
    {
        var input = capture.Figure(LlmField.InputTokens);
        var output = capture.Figure(LlmField.OutputTokens);
        var total = capture.Figure(LlmField.TotalTokens);
        var reasoning = capture.Figure(LlmField.ReasoningOutputTokens);
        var cached = capture.Figure(LlmField.CachedInputTokens);
        var cacheWrite = capture.Figure(LlmField.CacheWriteInputTokens);
        if (operation == LlmOperation.Embeddings)
        {
            // Some report the total only, and an embedding has no output to count.
            (input, output) = (input ?? total, null);
        }
        else if (input is { } given && output is { } made)
        {
            var apart = (cached ?? 0) + (cacheWrite ?? 0);
            var outside = Outside(given, made, total, apart, reasoning ?? 0);
            (input, output) = (given + outside.Input, made + outside.Output);
        }

        fact.Set(FactValue.InputTokens, input);
        fact.Set(FactValue.OutputTokens, output);
        fact.Set(FactValue.CachedInputTokens, cached);
        fact.Set(FactValue.CacheWriteInputTokens, cacheWrite);
        fact.Set(FactValue.ReasoningOutputTokens, reasoning);
        fact.Set(FactValue.InputAudioTokens, capture.Figure(LlmField.InputAudioTokens));
        fact.Set(FactValue.OutputAudioTokens, capture.Figure(LlmField.OutputAudioTokens));
        return input is not null || output is not null;
    }

    /// <summary>What has to be added because the provider counted it beside the input and the output.</summary>
    private static (long Input, long Output) Outside(long input, long output, long? total, long cached, long reasoning)
    {
        if (total is not { } known)
        {
            // Without a total only a part that is larger than its whole tells.
            return (cached > input ? cached : 0, reasoning > output ? reasoning : 0);
        }

        var missing = known - input - output;
        return missing switch
        {
            0 => (0, 0),
            _ when missing == reasoning => (0, reasoning),
            _ when missing == cached => (cached, 0),
            _ when missing == cached + reasoning => (cached, reasoning),
            _ => (0, 0),
        };
    }
}
