using System.Text.RegularExpressions;

namespace LlmMetrics.Monitoring;

/// <summary>
/// PromQL with the names of instruments in it. Resolving it checks every metric, the suffix its kind asks for, and
/// every label.
/// </summary>
internal static partial class Expression
{
    private const int MatchTimeout = 1000;

    private static readonly string[] _histogramSuffixes = ["_bucket", "_sum", "_count"];

    /// <summary>Makes plain PromQL of it.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="catalogue">The metrics there are.</param>
    /// <param name="matchers">What every selector gets besides its own: <c>job=~"$job"</c>; may be empty.</param>
    /// <exception cref="MonitoringException">A metric or label does not exist.</exception>
    public static string Resolve(string text, MetricCatalogue catalogue, string matchers)
    {
        var labels = new HashSet<string>(StringComparer.Ordinal) { "job", "instance" };
        var resolved = References().Replace(text, match =>
        {
            var metric = catalogue.Find(match.Groups["name"].Value);
            var suffix = match.Groups["suffix"].Value;
            CheckSuffix(metric, suffix);
            var own = match.Groups["own"].Value;
            foreach (Match matcher in Matchers().Matches(own))
            {
                var label = matcher.Groups["label"].Value;
                CheckLabel(label, [.. metric.Labels, "le", "job", "instance"], metric.Instrument);
            }

            labels.UnionWith(metric.Labels);
            if (suffix == "_bucket")
            {
                labels.Add("le");
            }

            var scrape = metric.HasScrapeLabels ? matchers : string.Empty;
            var selector = string.Join(',', new[] { scrape, own }.Where(static part => part.Length > 0));
            return selector.Length == 0 ? metric.Sample + suffix : $"{metric.Sample}{suffix}{{{selector}}}";
        });

        foreach (Match grouping in Groupings().Matches(text))
        {
            foreach (var label in grouping.Groups["labels"].Value.Split(
                ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                CheckLabel(label, labels, text);
            }
        }

        return resolved;
    }

    /// <summary>The instruments that an expression names.</summary>
    public static IEnumerable<string> InstrumentsOf(string text) =>
        References().Matches(text).Select(static match => match.Groups["name"].Value);

    private static void CheckSuffix(KnownMetric metric, string suffix)
    {
        var isRight = metric.Kind == MetricKind.Histogram
            ? _histogramSuffixes.Contains(suffix, StringComparer.Ordinal)
            : suffix.Length == 0;
        if (!isRight)
        {
            throw new MonitoringException(
                $"'{metric.Instrument}' is a {metric.Kind} and cannot be asked for as '{metric.Sample}{suffix}'");
        }
    }

    private static void CheckLabel(string label, IReadOnlyCollection<string> known, string text)
    {
        if (!known.Contains(label, StringComparer.Ordinal))
        {
            throw new MonitoringException($"'{text}' has no label '{label}'");
        }
    }

    [GeneratedRegex(
        """\$\((?<name>[^)]+)\)(?<suffix>_[a-z]+)?(\{(?<own>[^}]*)\})?""",
        RegexOptions.ExplicitCapture,
        MatchTimeout)]
    private static partial Regex References();

    [GeneratedRegex(
        """(?<label>[a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*"[^"]*"?""", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Matchers();

    [GeneratedRegex(
        """\b(by|on|ignoring|without|group_left|group_right)\s*\((?<labels>[^)$]*)\)""",
        RegexOptions.ExplicitCapture,
        MatchTimeout)]
    private static partial Regex Groupings();
}
