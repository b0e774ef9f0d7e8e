using LlmMetrics.Workload.Exposition;

namespace LlmMetrics.Workload.Checks;

/// <summary>Which metrics and labels have too many series.</summary>
internal static class CardinalityCheck
{
    private const string Rule = "cardinality";

    public static IEnumerable<CheckFinding> Run(ExpositionPage page, CheckOptions options)
    {
        foreach (var (family, series) in SeriesByFamily(page))
        {
            if (series.Count > options.MaxSeries)
            {
                yield return new CheckFinding(Rule, family, FormattableString.Invariant(
                    $"{series.Count:#,0} series (limit {options.MaxSeries:#,0}); drop a label or its values"));
            }

            var labels = series.SelectMany(static labels => labels)
                .GroupBy(static label => label.Key)
                .Select(static group =>
                    (Label: group.Key, Values: group.Select(static l => l.Value).Distinct().Count()));
            foreach (var (label, values) in labels.Where(l => l.Values > options.MaxLabelValues))
            {
                yield return new CheckFinding(Rule, $"{family}{{{label}}}", FormattableString.Invariant(
                    $"{values:#,0} values (limit {options.MaxLabelValues:#,0}); such a value belongs on spans"));
            }
        }
    }

    /// <summary>Series of each family, with buckets and sums counted as the one series that they are.</summary>
    public static IEnumerable<(string Family, List<Dictionary<string, string>> Series)> SeriesByFamily(
        ExpositionPage page) =>
        page.Samples.GroupBy(sample => page.FamilyOf(sample.Name)).Select(static family => (family.Key, family
            .Select(static sample => sample.Labels.Where(static l => l.Key is not ("le" or "quantile"))
                .ToDictionary(static l => l.Key, static l => l.Value, StringComparer.Ordinal))
            .DistinctBy(static labels => string.Join('\n', labels.OrderBy(static l => l.Key, StringComparer.Ordinal)
                .Select(static l => l.Key + "\t" + l.Value)))
            .ToList()));
}
