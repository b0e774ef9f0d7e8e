using System.Collections.Frozen;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LlmMetrics.Http;

/// <summary>
/// Reads what an answer's headers tell about the provider's limits: x-ratelimit-* (OpenAI, Azure and who follows
/// them), the names of Mistral and Cerebras, anthropic-ratelimit-*, and when to try again. A value that is no whole
/// number from zero up is as if it were not there.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct RateLimitHeaders
{
    /// <summary>A longer wait than this is a mistake, not an advice.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    private static readonly string[] _units = ["requests", "tokens", "input_tokens", "output_tokens"];
    private static readonly FrozenDictionary<string, (int Unit, bool IsLimit)> _names = Names();
    private RateLimits _limits;
    private RateLimits _remaining;

    public static int UnitCount => _units.Length;

    /// <summary>How long to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    public static string Unit(int unit) => _units[unit];

    public static RateLimitHeaders Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var read = default(RateLimitHeaders);
        string? seconds = null;
        foreach (var (name, values) in headers.NonValidated)
        {
            if (name[0] is not ('x' or 'X' or 'a' or 'A' or 'r' or 'R') || values.Count != 1)
            {
                continue;
            }

            if (_names.TryGetValue(name, out var meaning))
            {
                read.Set(meaning.Unit, meaning.IsLimit, values.ToString());
            }
            else if (name.Equals("retry-after-ms", StringComparison.OrdinalIgnoreCase))
            {
                read.RetryAfter = Wait(values.ToString(), 0.001);
            }
            else if (name.Equals("retry-after", StringComparison.OrdinalIgnoreCase))
            {
                seconds = values.ToString();
            }
        }

        read.RetryAfter ??= seconds is null ? null : Wait(seconds, 1) ?? Until(seconds, now);
        return read;
    }

    public readonly long? Limit(int unit) => _limits[unit];

    public readonly long? Remaining(int unit) => _remaining[unit];

    private static TimeSpan? Wait(string text, double scale) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value * scale <= LongestWait.TotalSeconds
            ? TimeSpan.FromSeconds(value * scale)
            : null;

    private static TimeSpan? Until(string date, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParseExact(
            date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until))
        {
            return null;
        }

        var wait = until - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait <= LongestWait ? wait : null;
    }

    private static FrozenDictionary<string, (int Unit, bool IsLimit)> Names()
    {
        var names = new Dictionary<string, (int, bool)>(StringComparer.OrdinalIgnoreCase);
        Add("x-ratelimit-{0}-requests", 0);
        Add("x-ratelimit-{0}-req-minute", 0);
        Add("x-ratelimit-{0}-tokens", 1);
        Add("x-ratelimit-{0}-tokens-minute", 1);
        Add("anthropic-ratelimit-requests-{0}", 0);
        Add("anthropic-ratelimit-tokens-{0}", 1);
        Add("anthropic-ratelimit-input-tokens-{0}", 2);
        Add("anthropic-ratelimit-output-tokens-{0}", 3);
        return names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

        void Add(string pattern, int unit)
        {
            names.Add(pattern.Replace("{0}", "limit", StringComparison.Ordinal), (unit, true));
            names.Add(pattern.Replace("{0}", "remaining", StringComparison.Ordinal), (unit, false));
        }
    }

    private void Set(int unit, bool isLimit, string text)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var figure))
        {
            return;
        }

        if (isLimit)
        {
            _limits[unit] = figure;
        }
        else
        {
            _remaining[unit] = figure;
        }
    }

    [InlineArray(4)]
    private struct RateLimits
    {
        private long? _first;
    }
}
