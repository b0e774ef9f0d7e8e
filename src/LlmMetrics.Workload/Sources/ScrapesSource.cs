using System.Globalization;
using LlmMetrics.Workload.Exposition;

namespace LlmMetrics.Workload.Sources;

/// <summary>Two scrapes of one endpoint. A counter that fell in between was restarted.</summary>
internal sealed class ScrapesSource : IMetricSource
{
    private readonly ExpositionPage _before;
    private readonly ExpositionPage _after;

    public ScrapesSource(string before, string after)
    {
        _before = Parse(before, "the first scrape");
        _after = Parse(after, "the second scrape");
    }

    public string Name => "two scrapes";

    public double Start => 0;

    public double End { get; private set; } = double.NaN;

    public Task UseUptimeAsync(MetricReference? uptime, CancellationToken cancellation)
    {
        foreach (var name in uptime?.PrometheusNames ?? [])
        {
            if (_before.Samples.Find(s => s.Name == name) is { } first
                && _after.Samples.Find(s => s.Name == name) is { } second && second.Value > first.Value)
            {
                End = second.Value - first.Value;
                break;
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<SampledSeries>> ReadAsync(
        MetricReference metric, SeriesPart part, CancellationToken cancellation)
    {
        var suffix = part switch { SeriesPart.Sum => "_sum", SeriesPart.Count => "_count", _ => "" };
        var found = metric.PrometheusNames.Select(name => Between(name + suffix))
            .FirstOrDefault(static s => s.Count > 0);
        return Task.FromResult<IReadOnlyList<SampledSeries>>(found ?? []);
    }

    public Task<(IReadOnlyList<double> Bounds, IReadOnlyList<double> Counts)?> ReadBucketsAsync(
        MetricReference metric, Func<IReadOnlyDictionary<string, string>, bool> take, CancellationToken cancellation)
    {
        var buckets = metric.PrometheusNames.Select(name => Between(name + "_bucket"))
            .FirstOrDefault(static s => s.Count > 0)?
            .Where(series => take(series.Tags))
            .GroupBy(static series => Bound(series.Tags["le"]))
            .OrderBy(static group => group.Key)
            .Select(static group => (Bound: group.Key, Count: group.Sum(static series => series.Increase)))
            .ToList();
        if (buckets is not { Count: > 1 })
        {
            return Task.FromResult<(IReadOnlyList<double>, IReadOnlyList<double>)?>(null);
        }

        var counts = buckets.Select((bucket, i) => Math.Max(0, bucket.Count - (i == 0 ? 0 : buckets[i - 1].Count)));
        return Task.FromResult<(IReadOnlyList<double>, IReadOnlyList<double>)?>((
            [.. buckets.Select(static b => b.Bound).Where(double.IsFinite)], [.. counts]));
    }

    public Task<IReadOnlyList<string>> SuggestAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>(
            [.. _after.Samples.Select(static s => s.Name).Distinct().Where(Suggestions.IsLikely)
                .Take(Suggestions.Max)]);

    private static double Bound(string le) => le == "+Inf"
        ? double.PositiveInfinity
        : double.Parse(le, CultureInfo.InvariantCulture);

    private static ExpositionPage Parse(string text, string which)
    {
        var page = ExpositionParser.Parse(text);
        if (page.Problems.Count > 0)
        {
            var (line, problem) = page.Problems[0];
            throw new WorkloadException("--scrape", FormattableString.Invariant(
                $"{which} is broken in line {line}: {problem}. Save what /metrics answers, unchanged"), isSource: true);
        }

        return page.Samples.Count > 0 ? page : throw new WorkloadException(
            "--scrape", $"{which} is empty: save what /metrics answers, unchanged", isSource: true);
    }

    private List<SampledSeries> Between(string name)
    {
        var before = _before.Samples.Where(s => s.Name == name)
            .ToDictionary(static s => Key(s.Labels), static s => s.Value);
        return
        [
            .. _after.Samples.Where(s => s.Name == name).Select(s =>
                new SampledSeries(s.Labels, [(0, before.GetValueOrDefault(Key(s.Labels))), (1, s.Value)], false)),
        ];
    }

    private static string Key(IReadOnlyDictionary<string, string> labels) => string.Join(
        '\n', labels.OrderBy(static l => l.Key, StringComparer.Ordinal).Select(static l => $"{l.Key}\t{l.Value}"));
}
