using System.Net.Http.Headers;
using System.Text;
using LlmMetrics.Facts;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// What stands in the headers of an answer: LiteLLM's cost, Bedrock's token counts, Deepgram's characters and model,
/// service tiers.
/// What the body says goes first.
/// </summary>
internal sealed record HeaderFigures(
    double? CostUsd, long? Input, long? Output, long? Cached, long? CacheWrite, long? Characters, string? Model,
    string? Tier)
{
    private const int MaxLength = 32;
    private const int MaxTextLength = 256;

    private static readonly string[] _beginnings = ["x-litellm-", "x-amzn-bedrock-", "x-gemini-", "dg-", "x-dg-"];

    /// <summary>What the headers tell; null if that is nothing, as in most answers.</summary>
    public static HeaderFigures? Of(HttpResponseMessage response, string provider)
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
                Count(headers, "dg-char-count") ?? Count(headers, "x-dg-characters"),
                Text(headers, "dg-model-name") ?? Text(headers, "x-dg-model-name"),
                TierOf(headers, provider));
    }

    /// <summary>Fills in what the body did not say; whether there are token counts among it.</summary>
    public bool Complete(ref FactData fact)
    {
        if (!fact.Has(FactValue.CostUsd))
        {
            fact.Set(FactValue.CostUsd, CostUsd);
        }

        fact.KeyFields[(int)FactField.ResponseModel] ??= Model;
        fact.KeyFields[(int)FactField.ServiceTier] ??= Tier;
        fact.Set(FactValue.Characters, Characters);
        if (!fact.Has(FactValue.OutputTokens))
        {
            fact.Set(FactValue.OutputTokens, Output);
        }

        if (!fact.Has(FactValue.InputTokens) && Input is not null)
        {
            // Bedrock counts what its cache served and took beside the input.
            fact.Set(FactValue.CachedInputTokens, Cached);
            fact.Set(FactValue.CacheWriteInputTokens, CacheWrite);
            fact.Set(
                FactValue.InputTokens,
                Input + (fact.Long(FactValue.CachedInputTokens) ?? 0)
                    + (fact.Long(FactValue.CacheWriteInputTokens) ?? 0));
        }

        return (Input ?? Output) is not null;
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

    private static string? TierOf(HttpHeadersNonValidated headers, string provider) => provider switch
    {
        LlmProviders.Gemini => Text(headers, "x-gemini-service-tier") switch
        {
            // Other words in it say how an account is billed, not what a call costs.
            "standard" or "flex" or "priority" => Text(headers, "x-gemini-service-tier"),
            _ => null,
        },
        LlmProviders.AwsBedrock => ServedTier.Of(
            Text(headers, "x-amzn-bedrock-service-tier"), Text(headers, "x-amzn-bedrock-performanceconfig-latency")),
        _ => null,
    };

    private static string? Text(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) && values.Count == 1
            && values.ToString() is { Length: > 0 and <= MaxTextLength } text
            ? text
            : null;

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
