using System.Globalization;
using LlmMetrics.Workload.Exposition;

namespace LlmMetrics.Workload.Checks;

/// <summary>What Prometheus or promtool would object to.</summary>
internal static class FormatCheck
{
    private const string Rule = "format";
    private const string Inf = "+Inf";

    public static IEnumerable<CheckFinding> Run(ExpositionPage page)
    {
        var problems = page.Problems.Select(static p => new CheckFinding(Rule, "page", p.Problem, p.Line));
        if (page.Samples.Count == 0)
        {
            problems = problems.Append(
                new CheckFinding(Rule, "page", "there are no samples: is this a metrics endpoint?"));
        }

        return problems.Concat(Duplicates(page)).Concat(Families(page)).Concat(Histograms(page));
    }

    private static IEnumerable<CheckFinding> Duplicates(ExpositionPage page) => page.Samples
        .GroupBy(static sample => sample.Name + "\n" + Key(sample, except: null))
        .Where(static group => group.Count() > 1)
        .Select(static group => new CheckFinding(
            Rule, group.First().Name, "the same series is there twice", group.Last().Line));

    private static IEnumerable<CheckFinding> Families(ExpositionPage page)
    {
        foreach (var family in page.Samples.GroupBy(sample => page.FamilyOf(sample.Name)))
        {
            var first = family.First();
            if (!page.Types.TryGetValue(family.Key, out var type))
            {
                yield return new CheckFinding(Rule, family.Key, "it has no TYPE line, so its kind is unknown",
                    first.Line);
                continue;
            }

            if (!page.Helped.Contains(family.Key))
            {
                yield return new CheckFinding(Rule, family.Key, "it has no HELP line", first.Line);
            }

            if (type == "counter" && !first.Name.EndsWith("_total", StringComparison.Ordinal)
                && !first.Name.EndsWith("_created", StringComparison.Ordinal))
            {
                yield return new CheckFinding(Rule, family.Key, "a counter's name ends with _total", first.Line);
            }

            if (type == "counter" && family.FirstOrDefault(static s => !(s.Value >= 0)) is { } negative)
            {
                yield return new CheckFinding(
                    Rule, family.Key, $"a counter is {negative.Value.ToString(CultureInfo.InvariantCulture)}",
                        negative.Line);
            }
        }
    }

    private static IEnumerable<CheckFinding> Histograms(ExpositionPage page)
    {
        foreach (var name in page.Types.Where(static t => t.Value == "histogram").Select(static t => t.Key))
        {
            var counts = page.Samples.Where(s => s.Name == name + "_count")
                .GroupBy(static s => Key(s, except: null)).ToDictionary(static g => g.Key, static g => g.First().Value);
            var buckets = page.Samples.Where(s => s.Name == name + "_bucket").GroupBy(static s => Key(s, except: "le"));
            foreach (var series in buckets)
            {
                var sorted = series.OrderBy(static s => Bound(s)).ToList();
                var last = sorted[^1];
                if (last.Labels.GetValueOrDefault("le") != Inf)
                {
                    yield return new CheckFinding(Rule, name, "a histogram has no bucket le=\"+Inf\"", last.Line);
                }
                else if (!counts.TryGetValue(series.Key, out var count) || count != last.Value)
                {
                    yield return new CheckFinding(Rule, name, "the bucket le=\"+Inf\" and the count differ", last.Line);
                }

                if (sorted.Zip(sorted.Skip(1)).FirstOrDefault(static pair => pair.Second.Value < pair.First.Value) is
                    (_, { } falling))
                {
                    yield return new CheckFinding(Rule, name, "its buckets are not cumulative", falling.Line);
                }
            }
        }
    }

    private static double Bound(ExpositionSample sample) => sample.Labels.GetValueOrDefault("le") is { } le
        ? le == Inf
            ? double.PositiveInfinity
            : double.TryParse(le, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) ? bound : double.NaN
        : double.NaN;

    private static string Key(ExpositionSample sample, string? except) => string.Join('\n', sample.Labels
        .Where(label => label.Key != except)
        .OrderBy(static label => label.Key, StringComparer.Ordinal)
        .Select(static label => $"{label.Key}\t{label.Value}"));
}
