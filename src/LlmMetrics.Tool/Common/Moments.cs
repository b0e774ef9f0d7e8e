using System.CommandLine.Parsing;
using System.Globalization;

namespace LlmMetrics.Tool;

/// <summary>Reads dates as people and logs write them: ISO 8601, UTC unless an offset is given.</summary>
internal static class Moments
{
    private static readonly string[] _forms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ssK",
    ];

    public static bool TryParse(string? text, out DateTimeOffset moment) => DateTimeOffset.TryParseExact(
        text, _forms, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);

    /// <summary>For an option whose value is a date.</summary>
    public static DateTimeOffset? FromOption(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (TryParse(text, out var moment))
        {
            return moment;
        }

        result.AddError($"'{text}' is no date such as 2026-03-01 or 2026-03-01T12:00:00Z");
        return null;
    }
}
