using System.Globalization;

namespace LlmMetrics.Pricing;

/// <summary>
/// A price key of LiteLLM, taken apart: <c>input_cost_per_token_above_200k_tokens_priority</c> is the rate
/// <c>input_cost_per_token</c> above 200,000 input tokens at the tier <c>priority</c>.
/// </summary>
/// <param name="Rate">The key without what follows.</param>
/// <param name="Above">Input tokens above which it holds; 0 without.</param>
/// <param name="Tier">Service tier that it holds for; null without.</param>
internal readonly record struct LiteLlmKey(string Rate, long Above, string? Tier)
{
    private const string AboveMark = "_above_";
    private const string TokensMark = "k_tokens";

    private static readonly (string Suffix, string Tier)[] _tiers =
        [("_flex", "flex"), ("_priority", "priority"), ("_batches", "batch")];

    public static LiteLlmKey Of(string key)
    {
        string? tier = null;
        foreach (var (suffix, name) in _tiers)
        {
            if (key.EndsWith(suffix, StringComparison.Ordinal))
            {
                (key, tier) = (key[..^suffix.Length], name);
                break;
            }
        }

        var above = key.LastIndexOf(AboveMark, StringComparison.Ordinal);
        if (above > 0 && key.EndsWith(TokensMark, StringComparison.Ordinal)
            && int.TryParse(
                key.AsSpan(above + AboveMark.Length, key.Length - above - AboveMark.Length - TokensMark.Length),
                NumberStyles.None, CultureInfo.InvariantCulture, out var thousands))
        {
            return new LiteLlmKey(key[..above], thousands * 1000L, tier);
        }

        return new LiteLlmKey(key, 0, tier);
    }
}
