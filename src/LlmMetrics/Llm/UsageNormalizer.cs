using System.Runtime.InteropServices;
using LlmMetrics.Facts;

namespace LlmMetrics.Llm;

/// <summary>
/// Brings what a provider reported to inclusive counts: cached tokens are part of the input, reasoning is part of the
/// output. Where a provider (or a gateway in front of it) counts them apart, its shape says so, or the total it
/// reports gives it away.
/// </summary>
internal static class UsageNormalizer
{
    private const double TicksPerDollar = 1e10;

    /// <summary>Writes the figures; false if there are no token counts among them.</summary>
    public static bool TryWrite(FieldCapture capture, LlmProtocol protocol, string operation, ref FactData fact)
    {
        var cached = capture.Figure(LlmField.CachedInputTokens);
        var (input, output) = operation == LlmOperation.Embeddings
            ? Embedded(capture)
            : Inclusive(capture, protocol);

        fact.Set(FactValue.InputTokens, input);
        fact.Set(FactValue.OutputTokens, output);
        fact.Set(FactValue.CachedInputTokens, cached);
        fact.Set(FactValue.CacheWriteInputTokens, CacheWrite(capture));
        fact.Set(FactValue.CacheWrite1HourInputTokens, capture.Figure(LlmField.CacheWrite1HourInputTokens));
        fact.Set(FactValue.ReasoningOutputTokens, capture.Figure(LlmField.ReasoningOutputTokens));
        fact.Set(FactValue.InputAudioTokens, capture.Figure(LlmField.InputAudioTokens));
        fact.Set(
            FactValue.OutputAudioTokens,
            capture.Figure(LlmField.OutputAudioTokens) ?? (operation == LlmOperation.TextToSpeech ? output : null));
        fact.Set(FactValue.InputImageTokens, capture.Figure(LlmField.InputImageTokens));
        fact.Set(
            FactValue.OutputImageTokens,
            capture.Figure(LlmField.OutputImageTokens) ?? (operation == LlmOperation.Image ? output : null));
        fact.Set(FactValue.CachedInputAudioTokens, capture.Figure(LlmField.CachedInputAudioTokens));
        fact.Set(FactValue.CachedInputImageTokens, capture.Figure(LlmField.CachedInputImageTokens));
        fact.Set(FactValue.InputVideoTokens, capture.Figure(LlmField.InputVideoTokens));
        fact.Set(FactValue.Pages, capture.Figure(LlmField.Pages));
        fact.Set(FactValue.AudioChannels, capture.Figure(LlmField.Channels));
        fact.Set(FactValue.WebSearches, capture.Figure(LlmField.WebSearches));
        fact.Set(FactValue.Images, capture.Figure(LlmField.Images));
        fact.Set(
            FactValue.AudioSeconds,
            capture.Amount(LlmField.AudioSeconds) * (capture.Figure(LlmField.Channels) ?? 1));
        fact.Set(
            FactValue.CostUsd,
            capture.Amount(LlmField.CostUsd) ?? (capture.Figure(LlmField.CostTicks) / TicksPerDollar));
        return input is not null || output is not null;
    }

    private static (long? Input, long? Output) Embedded(FieldCapture capture)
    {
        // Some report the total only, and an embedding has no output to count.
        var input = capture.Figure(LlmField.InputTokens)
            ?? capture.Figure(LlmField.TotalTokens)
            ?? capture.Figure(LlmField.ProcessedInputTokens);
        return (input, null);
    }

    private static (long? Input, long? Output) Inclusive(FieldCapture capture, LlmProtocol protocol)
    {
        var input = capture.Figure(LlmField.InputTokens)
            ?? SumOfCache(capture)
            ?? capture.Figure(LlmField.ProcessedInputTokens);
        var output = capture.Figure(LlmField.OutputTokens) ?? capture.Figure(LlmField.ProcessedOutputTokens);
        var total = capture.Figure(LlmField.TotalTokens);
        var tools = capture.Figure(LlmField.ToolInputTokens) ?? 0;
        var reasoning = capture.Figure(LlmField.ReasoningOutputTokens) ?? 0;
        var apart = (capture.Figure(LlmField.CachedInputTokens) ?? 0) + (CacheWrite(capture) ?? 0);
        if (protocol.IsCachedBeside)
        {
            (input, apart) = (input + apart, 0);
        }

        if (input is { } given && output is { } made)
        {
            var outside = Outside(total - given - made, apart, reasoning, tools)
                ?? new Parts(protocol.IsReasoningBeside ? tools : 0, protocol.IsReasoningBeside ? reasoning : 0);

            return (Covering(given + outside.Input, apart), Covering(made + outside.Output, reasoning));
        }

        input = input is { } known ? Covering(known, apart) : null;

        // A figure of zero may be left out, so the rest of the total is known only if there is any.
        var rest = total - ((input ?? output) + tools);
        return (input, output) switch
        {
            (not null, null) when rest > 0 => (input + tools, rest),
            (not null, null) when protocol.IsReasoningBeside && reasoning > 0 => (input + tools, reasoning),
            (null, not null) when rest > 0 => (Covering(rest.Value + tools, apart), output),
            _ => (input, output),
        };
    }

    /// <summary>Nothing can be part of what is smaller, whatever the total says: then it was counted beside.</summary>
    private static long Covering(long whole, long part) => part > whole ? whole + part : whole;

    /// <summary>What is counted beside input and output, as the total gives away; null if it does not.</summary>
    private static Parts? Outside(long? missing, long cached, long reasoning, long tools) => missing switch
    {
        null => null,
        0 => default(Parts),
        _ when missing == reasoning => new Parts(0, reasoning),
        _ when missing == cached => new Parts(cached, 0),
        _ when missing == cached + reasoning => new Parts(cached, reasoning),
        _ when missing == tools => new Parts(tools, 0),
        _ when missing == tools + reasoning => new Parts(tools, reasoning),
        _ => null,
    };

    private static long? SumOfCache(FieldCapture capture) =>
        capture.Figure(LlmField.CachedInputTokens) + capture.Figure(LlmField.CacheMissInputTokens);

    private static long? CacheWrite(FieldCapture capture)
    {
        var short5 = capture.Figure(LlmField.CacheWrite5MinuteInputTokens);
        var long60 = capture.Figure(LlmField.CacheWrite1HourInputTokens);
        return capture.Figure(LlmField.CacheWriteInputTokens)
            ?? (short5 is null && long60 is null ? null : (short5 ?? 0) + (long60 ?? 0));
    }

    /// <summary>What has to be added because the provider counted it beside the input and the output.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Parts(long Input, long Output);
}
