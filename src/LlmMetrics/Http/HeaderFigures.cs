using System.Net.Http.Headers;
using System.Text;
using LlmMetrics.Facts;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// Figures that stand in the headers of an answer: LiteLLM's cost, Bedrock's token counts, Deepgram's characters. What
/// the body says goes first.
/// </summary>
internal sealed record HeaderFigures(
    double? CostUsd, long? Input, long? Output, long? Cached, long? CacheWrite, long? Characters)
{
    private const int MaxLength = 32;

    private static readonly string[] _beginnings = ["x-litellm-", "x-amzn-bedrock-", "dg-", "x-dg-"];

    /// <summary>What the headers tell; null if that is nothing, as in most answers.</summary>
    public static HeaderFigures? Of(HttpResponseMessage response)
    {
        var headers = response.Headers.NonValidated;
        return !HasAny(headers)
            ? null
            : new HeaderFigures(
                Amount(headers, "x-litellm-response-cost"),
                Count(headers, "x-amzn-bedrock-input-token-count"),
                Count(headers, "x-amzn-bedrock-output-token-count"),
                Count(headers, "x-amzn-bedrock-cache-read-input-token-count"),
                Count(headers, "x-amzn-bedrock-cache-write-input-token-count"),
                Count(headers, "dg-char-count") ?? Count(headers, "x-dg-characters"));
    }

    /// <summary>Fills in what the body did not say; whether there are token counts among it.</summary>
    public bool Complete(ref FactData fact)
    {
        if (!fact.Has(FactValue.CostUsd))
        {
            fact.Set(FactValue.CostUsd, CostUsd);
        }

        fact.Set(FactValue.Characters, Characters);
        if (fact.Has(FactValue.InputTokens) || fact.Has(FactValue.OutputTokens) || (Input ?? Output) is null)
        {
            return false;
        }

        // Bedrock counts what its cache served and took beside the input.
        fact.Set(FactValue.InputTokens, Input + (Cached ?? 0) + (CacheWrite ?? 0));
        fact.Set(FactValue.OutputTokens, Output);
        fact.Set(FactValue.CachedInputTokens, Cached);
        fact.Set(FactValue.CacheWriteInputTokens, CacheWrite);
        return true;
    }

    private static bool HasAny(HttpHeadersNonValidated headers)
    {
        foreach (var (name, _) in headers)
        {
            foreach (var beginning in _beginnings)
            {
                if (name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static long? Count(HttpHeadersNonValidated headers, string name)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return TryGet(headers, name, ref text) && JsonText.TryReadCount(text, out var count) ? count : null;
    }

    private static double? Amount(HttpHeadersNonValidated headers, string name)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return TryGet(headers, name, ref text) && JsonText.TryReadAmount(text, out var amount) ? amount : null;
    }

    private static bool TryGet(HttpHeadersNonValidated headers, string name, ref Span<byte> text)
    {
        if (!headers.TryGetValues(name, out var values)
            || values.Count == 0
            || !Encoding.ASCII.TryGetBytes(values.ToString().AsSpan().Trim(), text, out var length))
        {
            return false;
        }

        text = text[..length];
        return true;
    }
}
