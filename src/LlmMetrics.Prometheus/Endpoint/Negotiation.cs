using LlmMetrics.Exposition;
using Microsoft.Extensions.Primitives;

namespace LlmMetrics.Endpoint;

/// <summary>
/// Chooses format and encoding by what a scraper accepts. There is always an answer: text, uncompressed.
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
        var (text, openMetrics, wildcard) = (NotMentioned, NotMentioned, NotMentioned);
        foreach (var header in accept)
        {
            ReadOnlySpan<char> rest = header;
            while (HeaderItem.TryRead(ref rest, out var item))
            {
                if (item.Is("application/openmetrics-text") && item.Version is "" or "1.0.0")
                {
                    openMetrics = Math.Max(openMetrics, item.Quality);
                }
                else if (item.Is("text/plain") && item.Version is "" or "0.0.4")
                {
                    text = Math.Max(text, item.Quality);
                }
                else if (item.Is("*/*") || item.Is("text/*"))
                {
                    wildcard = Math.Max(wildcard, item.Quality);
                }
            }
        }

        text = text >= 0 ? text : wildcard;
        return openMetrics > 0 && openMetrics >= text ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text;
    }

    /// <summary>Whether gzip is accepted, and no less than no compression.</summary>
    public static bool Gzip(StringValues acceptEncoding)
    {
        var (gzip, identity, wildcard) = (NotMentioned, NotMentioned, NotMentioned);
        foreach (var header in acceptEncoding)
        {
            ReadOnlySpan<char> rest = header;
            while (HeaderItem.TryRead(ref rest, out var item))
            {
                if (item.Is("gzip") || item.Is("x-gzip"))
                {
                    gzip = Math.Max(gzip, item.Quality);
                }
                else if (item.Is("identity"))
                {
                    identity = Math.Max(identity, item.Quality);
                }
                else if (item.Is("*"))
                {
                    wildcard = Math.Max(wildcard, item.Quality);
                }
            }
        }

        gzip = gzip >= 0 ? gzip : wildcard;
        return gzip > 0 && gzip >= identity;
    }
}
