using System.Globalization;
using LlmMetrics.Exposition;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace LlmMetrics.Endpoint;

/// <summary>
/// Chooses format and encoding by what a scraper accepts. There is always an answer: text, uncompressed. What cannot be
/// read is passed over.
/// </summary>
internal static class Negotiation
{
    public const string TextContentType = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenMetricsContentType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private const double NotMentioned = -1;

    public static string ContentType(ExpositionFormat format) =>
        format == ExpositionFormat.OpenMetrics ? OpenMetricsContentType : TextContentType;

    /// <summary>OpenMetrics if it is named and no less wanted than text; wildcards mean text.</summary>
    public static ExpositionFormat Format(StringValues accept)
    {
        _ = MediaTypeHeaderValue.TryParseList(accept, out var items);
        var openMetrics = Best(items, static item => Is(item, "application/openmetrics-text", "1.0.0"));
        var text = Best(items, static item => Is(item, "text/plain", "0.0.4"));
        text = text >= 0 ? text : Best(items, static item => item.MatchesAllTypes || item.MediaType == "text/*");
        return openMetrics > 0 && openMetrics >= text ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text;
    }

    /// <summary>Whether gzip is accepted, and no less than no compression.</summary>
    public static bool Gzip(StringValues acceptEncoding)
    {
        _ = StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var items);
        var gzip = Math.Max(Best(items, "gzip"), Best(items, "x-gzip"));
        gzip = gzip >= 0 ? gzip : Best(items, "*");
        return gzip > 0 && gzip >= Best(items, "identity");
    }

    private static double Best(IList<StringWithQualityHeaderValue>? items, string encoding) => (items ?? [])
        .Where(item => item.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase))
        .Max(static item => (double?)(item.Quality ?? 1)) ?? NotMentioned;

    private static double Best(IList<MediaTypeHeaderValue>? items, Func<MediaTypeHeaderValue, bool> matches) =>
        (items ?? []).Where(matches).Max(static item => Quality(item)) ?? NotMentioned;

    private static bool Is(MediaTypeHeaderValue item, string type, string version) =>
        item.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)
        && (Parameter(item, "version") is not { } wanted || HeaderUtilities.RemoveQuotes(wanted) == version);

    /// <summary>1 if it is not told, none if it is no number from 0 to 1.</summary>
    private static double? Quality(MediaTypeHeaderValue item)
    {
        if (Parameter(item, "q") is not { } text)
        {
            return 1;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality)
            && quality is >= 0 and <= 1
            ? quality
            : null;
    }

    private static StringSegment? Parameter(MediaTypeHeaderValue item, string name) => item.Parameters
        .FirstOrDefault(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}
