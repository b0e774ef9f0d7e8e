using System.Text;

namespace LlmMetrics.Workload.Sources;

/// <summary>Where a figure is found: the metric, and which of its series count.</summary>
/// <param name="Name">Name in OpenTelemetry's form, with dots.</param>
/// <param name="Kind">Kind of the metric.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Tag">A tag whose value chooses the series; null for all.</param>
/// <param name="TagValue">That value.</param>
/// <param name="Scale">Factor from its unit to the figure's (seconds to milliseconds).</param>
internal sealed record MetricReference(
    string Name, MetricKind Kind, string Unit = "", string? Tag = null, string? TagValue = null, double Scale = 1)
{
    /// <summary>
    /// Names that Prometheus may have it under, the likeliest first; without the suffixes of histograms.
    /// </summary>
    public IReadOnlyList<string> PrometheusNames
    {
        get
        {
            var name = Sanitize(Name);
            var word = Unit switch { "s" => "_seconds", "ms" => "_milliseconds", _ => "" };
            var full = word.Length == 0 || name.EndsWith(word, StringComparison.Ordinal) ? name : name + word;
            var total = Kind == MetricKind.Counter && !full.EndsWith("_total", StringComparison.Ordinal) ? "_total"
                : "";
            return [.. new[] { full + total, name + total, full, name }.Distinct(StringComparer.Ordinal)];
        }
    }

    public static string Sanitize(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                text.Append(c);
            }
            else if (text.Length == 0 || text[^1] != '_')
            {
                text.Append('_');
            }
        }

        return text.ToString();
    }

    /// <summary>Whether a series with these tags counts. Tags of Prometheus have underscores for dots.</summary>
    public bool Takes(IReadOnlyDictionary<string, string> tags) => Tag is null
        || (tags.TryGetValue(Tag, out var value) || tags.TryGetValue(Sanitize(Tag), out value))
        && string.Equals(value, TagValue, StringComparison.Ordinal);
}
