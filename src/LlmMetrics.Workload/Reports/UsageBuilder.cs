using LlmMetrics.Workload.Sources;

namespace LlmMetrics.Workload.Reports;

/// <summary>Gathers figures by model, feature and agent out of a source.</summary>
internal sealed class UsageBuilder
{
    private static readonly (string Dimension, string[] Tags)[] _dimensions =
    [
        ("all", []),
        ("model", TagNames.Model),
        ("feature", TagNames.Feature),
        ("agent", TagNames.Agent),
    ];

    private static readonly string[] _goodOutcomes = ["ok", "success"];

    private readonly Dictionary<(string Dimension, string Value, DateTimeOffset? Period), double?[]> _cells = [];
    private readonly UsagePeriod _period;
    private readonly double _start;

    private UsageBuilder(UsagePeriod period, double start)
    {
        _period = period;
        _start = start;
    }

    private enum Figure
    {
        Calls,
        Errors,
        Input,
        Output,
        Cost,
        ResponseSum,
        ResponseCount,
    }

    public static async Task<UsageReport> BuildAsync(
        IMetricSource source, MeasurementOptions options, UsagePeriod period, CancellationToken cancellation)
    {
        var names = FigureNames.Of(options.Profile);
        await source.UseUptimeAsync(names.Uptime, cancellation).ConfigureAwait(false);
        var builder = new UsageBuilder(period, source.Start);
        var calls = await source.ReadAsync(names.Requests, SeriesPart.Value, cancellation).ConfigureAwait(false);
        if (calls.Count == 0)
        {
            var found = await source.SuggestAsync(cancellation).ConfigureAwait(false);
            throw new WorkloadException(
                "LLM requests",
                $"{source.Name} has no metric {names.Requests.Name} of profile {names.Profile}; found are "
                + (found.Count == 0 ? "none about language models" : string.Join(", ", found))
                + ". Name the profile that the app uses with --profile");
        }

        builder.Add(Figure.Calls, calls);
        if (names.OutcomeTag is { } outcome)
        {
            builder.Add(Figure.Errors, calls, tags =>
                tags.TryGetValue(outcome, out var value) && !_goodOutcomes.Contains(value) ? 1 : 0);
        }

        await builder.AddAsync(Figure.Input, source, names.Input, cancellation).ConfigureAwait(false);
        await builder.AddAsync(Figure.Output, source, names.Output, cancellation).ConfigureAwait(false);
        await builder.AddAsync(Figure.Cost, source, names.Cost, cancellation).ConfigureAwait(false);
        if (names.Response is { } response)
        {
            builder.Add(Figure.ResponseSum, await source.ReadAsync(response, SeriesPart.Sum, cancellation)
                .ConfigureAwait(false), _ => response.Scale);
            builder.Add(Figure.ResponseCount, await source.ReadAsync(response, SeriesPart.Count, cancellation)
                .ConfigureAwait(false));
        }

        return new UsageReport(source.Name, Moment(source.Start), Moment(source.End), builder.Rows());
    }

    private static DateTimeOffset Moment(double seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    private async Task AddAsync(
        Figure figure, IMetricSource source, MetricReference? metric, CancellationToken cancellation)
    {
        if (metric is not null)
        {
            var part = metric.Kind == MetricKind.Histogram ? SeriesPart.Sum : SeriesPart.Value;
            var series = await source.ReadAsync(metric, part, cancellation).ConfigureAwait(false);
            Add(figure, [.. series.Where(s => metric.Takes(s.Tags))]);
        }
    }

    private void Add(
        Figure figure,
        IReadOnlyList<SampledSeries> series,
        Func<IReadOnlyDictionary<string, string>, double>? weigh = null)
    {
        foreach (var (dimension, tags) in _dimensions)
        {
            // Where no series of the metric has the tag, the figure is unknown by it, not zero.
            if (tags.Length > 0 && !series.Any(s => TagNames.ValueOf(s.Tags, tags) is not null))
            {
                continue;
            }

            foreach (var one in series)
            {
                var weight = weigh?.Invoke(one.Tags) ?? 1;
                var value = TagNames.ValueOf(one.Tags, tags) ?? "";
                foreach (var (from, to, added) in one.Increments())
                {
                    Put(figure, dimension, value, null, added * weight);
                    if (_period != UsagePeriod.None)
                    {
                        Put(figure, dimension, value, PeriodOf(
                            double.IsNaN(from) ? Math.Max(_start, to - 60) : from, to), added * weight);
                    }
                }
            }
        }
    }

    private DateTimeOffset PeriodOf(double from, double to)
    {
        var middle = Moment((from + to) / 2);
        return _period == UsagePeriod.Day
            ? new DateTimeOffset(middle.UtcDateTime.Date, TimeSpan.Zero)
            : new DateTimeOffset(middle.UtcDateTime.Date.AddHours(middle.UtcDateTime.Hour), TimeSpan.Zero);
    }

    private void Put(Figure figure, string dimension, string value, DateTimeOffset? period, double amount)
    {
        var key = (dimension, value, period);
        if (!_cells.TryGetValue(key, out var cell))
        {
            _cells.Add(key, cell = new double?[(int)Figure.ResponseCount + 1]);
        }

        cell[(int)figure] = cell[(int)figure].GetValueOrDefault() + amount;
    }

    private List<UsageRow> Rows()
    {
        var order = _dimensions.Select(static d => d.Dimension).ToList();
        return
        [
            .. _cells.OrderBy(cell => order.IndexOf(cell.Key.Dimension))
                .ThenBy(static cell => cell.Key.Period.HasValue)
                .ThenBy(static cell => cell.Key.Period)
                .ThenByDescending(static cell => cell.Value[(int)Figure.Cost] ?? 0)
                .ThenByDescending(static cell => cell.Value[(int)Figure.Calls] ?? 0)
                .ThenBy(static cell => cell.Key.Value, StringComparer.Ordinal)
                .Where(static cell => cell.Value.Any(static figure => figure > 0))
                .Select(static cell => new UsageRow
                {
                    Dimension = cell.Key.Dimension,
                    Value = cell.Key.Value,
                    Period = cell.Key.Period,
                    Calls = cell.Value[(int)Figure.Calls],
                    Errors = cell.Value[(int)Figure.Errors],
                    InputTokens = cell.Value[(int)Figure.Input],
                    OutputTokens = cell.Value[(int)Figure.Output],
                    CostUsd = cell.Value[(int)Figure.Cost],
                    MeanResponseMs = cell.Value[(int)Figure.ResponseCount] is > 0 and var count
                        ? cell.Value[(int)Figure.ResponseSum] / count
                        : null,
                }),
        ];
    }
}
