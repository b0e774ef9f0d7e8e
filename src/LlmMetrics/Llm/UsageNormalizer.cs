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
        fact.Set(FactValue.OutputVideoTokens, capture.Figure(LlmField.OutputVideoTokens));
        fact.Set(FactValue.CitationTokens, capture.Figure(LlmField.CitationTokens));
        fact.Set(FactValue.Pages, capture.Figure(LlmField.Pages));
        fact.Set(FactValue.AudioChannels, capture.Figure(LlmField.Channels));
        fact.Set(
            FactValue.WebSearches, capture.Figure(LlmField.WebSearches) ?? capture.Figure(LlmField.ShownWebSearches));
        fact.Set(FactValue.FileSearches, capture.Figure(LlmField.FileSearches));
        fact.Closed.HasOtherCharges |= capture.Has(LlmField.OtherCharges);
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
        var (read, written) = (capture.Figure(LlmField.CachedInputTokens) ?? 0, CacheWrite(capture) ?? 0);
        if (protocol.IsCachedBeside)
        {
            (input, read, written) = (input + read + written, 0, 0);
        }

        if (input is { } given && output is { } made)
        {
            var missing = total - given - made;
            var outside = Outside(missing, read, written, reasoning, tools)
                ?? (protocol.IsReasoningBeside ? new Parts(tools, reasoning) : Thoughts(capture, missing));

            return (Covering(given + outside.Input, read, written), Covering(made + outside.Output, reasoning));
        }

        input = input is { } known ? Covering(known, read, written) : null;
        output = output is { } lone ? WithReasoning(lone, reasoning, protocol) : null;

        // A figure of zero may be left out, so the rest of the total is known only if there is any.
        var rest = total - ((input ?? output) + tools);
        return (input, output) switch
        {
            (not null, null) when rest > 0 => (input + tools, Covering(rest.Value, reasoning)),
            (not null, null) when protocol.IsReasoningBeside && reasoning > 0 => (input + tools, reasoning),
            (null, not null) when rest > 0 => (Covering(rest.Value + tools, read, written), output),
            _ => (input, output),
        };
    }

    /// <summary>An output without an input, which leaves nothing to compare a total with: its shape tells.</summary>
    private static long WithReasoning(long output, long reasoning, LlmProtocol protocol) =>
        protocol.IsReasoningBeside ? output + reasoning : Covering(output, reasoning);

    /// <summary>Nothing can be part of what is smaller, whatever the total says: then it was counted beside.</summary>
    private static long Covering(long whole, long part) => part > whole ? whole + part : whole;

    /// <summary>The same for an input. Of its two parts it is the written one that gateways leave out alone.</summary>
    private static long Covering(long input, long read, long written) =>
        read + written <= input ? input
        : read <= input ? input + written
        : input + read + written;

    /// <summary>What is counted beside input and output, as the total gives away; null if it does not.</summary>
    private static Parts? Outside(long? missing, long read, long written, long reasoning, long tools) => missing switch
    {
        null => null,
        0 => default(Parts),
        _ when missing == reasoning => new Parts(0, reasoning),
        _ when missing == read + written => new Parts(read + written, 0),
        _ when missing == read + written + reasoning => new Parts(read + written, reasoning),
        _ when missing == tools => new Parts(tools, 0),
        _ when missing == tools + reasoning => new Parts(tools, reasoning),
        _ when missing == written => new Parts(written, 0),
        _ when missing == written + reasoning => new Parts(written, reasoning),
        _ => null,
    };

    /// <summary>
    /// Where Gemini speaks like OpenAI, and behind gateways that make it so, what it thought is in the total and in
    /// nothing else.
    /// </summary>
    private static Parts Thoughts(FieldCapture capture, long? missing) =>
        missing > 0 && capture.Text(LlmField.Model).IndexOf("gemini"u8) >= 0 ? new Parts(0, missing.Value) : default;

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
