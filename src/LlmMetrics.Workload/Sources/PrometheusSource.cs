using System.Globalization;

namespace LlmMetrics.Workload.Sources;

/// <summary>
/// Series from the HTTP interface of Prometheus and of those that have the same. Counters are read as they were
/// scraped, not through <c>increase()</c>, which extrapolates: totals are then the same whole numbers as in the app.
/// </summary>
internal sealed class PrometheusSource : IMetricSource
{
    private const double BucketSteps = 400;
    private static readonly TimeSpan _rawBucketWindow = TimeSpan.FromHours(2);

    private readonly PrometheusApi _api;
    private readonly TimeSpan _window;
    private double? _appStart;
    private double _firstScrape = double.PositiveInfinity;

    public PrometheusSource(Uri server, HttpClient client, TimeSpan window, DateTimeOffset? end)
    {
        _api = new PrometheusApi(server, client);
        _window = window;
        End = ((end ?? TimeProvider.System.GetUtcNow()) - DateTimeOffset.UnixEpoch).TotalSeconds;
        Start = End - window.TotalSeconds;
        Name = _api.Name;
    }

    public string Name { get; }

    public double Start { get; private set; }

    public double End { get; }

    public async Task UseUptimeAsync(MetricReference? uptime, CancellationToken cancellation)
    {
        foreach (var name in uptime?.PrometheusNames ?? [])
        {
            var series = await RawAsync(name, cancellation).ConfigureAwait(false);
            var samples = series.Where(static s => s.Samples.Count > 0).Select(static s => s.Samples[0]).ToList();
            if (samples.Count > 0)
            {
                _appStart = samples.Min(static s => s.Time - s.Value);
                _firstScrape = samples.Min(static s => s.Time);

                // No more was measured than the app ran.
                Start = Math.Max(Start, _appStart.Value);
                return;
            }
        }
    }

    public async Task<IReadOnlyList<SampledSeries>> ReadAsync(
        MetricReference metric, SeriesPart part, CancellationToken cancellation)
    {
        var suffix = part switch { SeriesPart.Sum => "_sum", SeriesPart.Count => "_count", _ => "" };
        foreach (var name in metric.PrometheusNames)
        {
            var series = await RawAsync(name + suffix, cancellation).ConfigureAwait(false);
            if (series.Count > 0)
            {
                return series;
            }
        }

        return [];
    }

    public async Task<(IReadOnlyList<double> Bounds, IReadOnlyList<double> Counts)?> ReadBucketsAsync(
        MetricReference metric, Func<IReadOnlyDictionary<string, string>, bool> take, CancellationToken cancellation)
    {
        foreach (var name in metric.PrometheusNames)
        {
            var found = await BucketSeriesAsync(name + "_bucket", cancellation).ConfigureAwait(false);
            var taken = found.Where(s => take(s.Labels)).ToList();
            if (taken.Count > 0)
            {
                return Buckets(taken);
            }
        }

        return null;
    }

    public async Task<IReadOnlyList<string>> SuggestAsync(CancellationToken cancellation)
    {
        var names = await _api.NamesAsync(cancellation).ConfigureAwait(false);
        return [.. names.Where(Suggestions.IsLikely).Take(Suggestions.Max)];
    }

    // A day of buckets as they were scraped would be gigabytes on a large app; they only give the distribution's form.
    private Task<IReadOnlyList<PrometheusSeries>> BucketSeriesAsync(string name, CancellationToken cancellation) =>
        _window <= _rawBucketWindow
            ? _api.InstantAsync(Windowed(name), End, cancellation)
            : _api.RangeAsync(
                name, End - _window.TotalSeconds, End, _window.TotalSeconds / BucketSteps, cancellation);

    private string Windowed(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}[{Math.Ceiling(_window.TotalSeconds)}s]");

    private async Task<IReadOnlyList<SampledSeries>> RawAsync(string name, CancellationToken cancellation)
    {
        var found = await _api.InstantAsync(Windowed(name), End, cancellation).ConfigureAwait(false);
        return [.. found.Select(s => new SampledSeries(s.Labels, s.Samples, CountsFromZero(s.Samples)))];
    }

    // What an app counted since it started belongs to the window if it started within it, or if the series appeared
    // after others of the app had been scraped. Without its uptime, the first value is only where counting starts.
    private bool CountsFromZero(IReadOnlyList<(double Time, double Value)> samples) =>
        _appStart >= End - _window.TotalSeconds || (_appStart is not null && samples[0].Time > _firstScrape + 1);

    private (IReadOnlyList<double> Bounds, IReadOnlyList<double> Counts) Buckets(List<PrometheusSeries> series)
    {
        var byBound = series
            .GroupBy(static s => Bound(s.Labels["le"]))
            .OrderBy(static group => group.Key)
            .Select(group => (Bound: group.Key, Count: group.Sum(s =>
                new SampledSeries(s.Labels, s.Samples, CountsFromZero(s.Samples)).Increase)))
            .ToList();
        var counts = new List<double>();
        var below = 0.0;
        foreach (var (_, count) in byBound)
        {
            counts.Add(Math.Max(0, count - below));
            below = Math.Max(below, count);
        }

        return ([.. byBound.Where(static b => double.IsFinite(b.Bound)).Select(static b => b.Bound)], counts);
    }

    private static double Bound(string le) => le is "+Inf" or "Inf"
        ? double.PositiveInfinity
        : double.Parse(le, CultureInfo.InvariantCulture);
}
