namespace LlmMetrics.Workload.Sources;

/// <summary>Makes a measurement out of series.</summary>
internal static class MeasurementBuilder
{
    private const double SecondsPerHour = 3600;
    private const double WholeDayHours = 20;

    // Operations that do not run on the planned model.
    private static readonly string[] _otherOperations =
    [
        LlmOperation.Embeddings, LlmOperation.TextToSpeech, LlmOperation.SpeechToText, LlmOperation.Image,
    ];

    public static async Task<WorkloadMeasurement> BuildAsync(
        IMetricSource source, MeasurementOptions options, CancellationToken cancellation)
    {
        var names = FigureNames.Of(options.Profile).With(options.MessagesMetric);
        await source.UseUptimeAsync(names.Uptime, cancellation).ConfigureAwait(false);
        var requests = await RequiredAsync(source, names.Requests, "LLM requests", names, cancellation)
            .ConfigureAwait(false);
        var input = await RequiredAsync(source, names.Input, "input tokens", names, cancellation).ConfigureAwait(false);
        var output = await RequiredAsync(source, names.Output, "output tokens", names, cancellation)
            .ConfigureAwait(false);
        var messages = await OptionalAsync(source, names.Messages, cancellation).ConfigureAwait(false);
        if (messages is null && options.MessagesMetric is { } wanted)
        {
            throw await MissingAsync(source, names.Messages!, "messages", names, cancellation).ConfigureAwait(false);
        }

        var hours = options.Hours ?? HoursOf(source);
        var timeline = new RequestTimeline(requests, source.Start);
        var isWholeDay = hours >= WholeDayHours && timeline.CoversHours;
        return new WorkloadMeasurement
        {
            Messages = (messages is null ? 0 : Total(messages)) is > 0 and var count ? count : null,
            Requests = NotZero(source, names.Requests, "LLM requests", requests),
            InputTokens = NotZero(source, names.Input, "input tokens", input),
            OutputTokens = NotZero(source, names.Output, "output tokens", output),
            MeanResponseMs = await MeanAsync(source, names.Response, cancellation).ConfigureAwait(false),
            Hours = hours,
            MeasuredUsers = options.MeasuredUsers,
            RequestsByHour = isWholeDay ? timeline.ByHour() : null,
            Dispersion = timeline.Dispersion(),
            InputLengths = await LengthsAsync(source, names.InputLengths, cancellation).ConfigureAwait(false),
            OutputLengths = await LengthsAsync(source, names.OutputLengths, cancellation).ConfigureAwait(false),
            Source = $"{source.Name}, names of profile {names.Profile}",
        };
    }

    private static double HoursOf(IMetricSource source) => source.End > source.Start
        ? (source.End - source.Start) / SecondsPerHour
        : throw new WorkloadException(
            "--hours", $"it is not known how long was measured ({source.Name}): give the length with --hours");

    // Sources differ in the order of their series; added up in one order, the same figures give the same sum.
    private static double Total(IEnumerable<SampledSeries> series) =>
        series.Select(static s => s.Increase).Order().Sum();

    private static bool IsPlanned(IReadOnlyDictionary<string, string> tags) =>
        TagNames.ValueOf(tags, TagNames.Operation) is not { } operation || !_otherOperations.Contains(operation);

    private static async Task<IReadOnlyList<SampledSeries>?> OptionalAsync(
        IMetricSource source, MetricReference? metric, CancellationToken cancellation)
    {
        if (metric is null)
        {
            return null;
        }

        var part = metric.Kind == MetricKind.Histogram ? SeriesPart.Sum : SeriesPart.Value;
        var series = await source.ReadAsync(metric, part, cancellation).ConfigureAwait(false);
        var taken = series.Where(s => metric.Takes(s.Tags) && IsPlanned(s.Tags)).ToList();
        return taken.Count == 0 ? null : taken;
    }

    private static async Task<IReadOnlyList<SampledSeries>> RequiredAsync(
        IMetricSource source, MetricReference metric, string figure, FigureNames names,
            CancellationToken cancellation) =>
        await OptionalAsync(source, metric, cancellation).ConfigureAwait(false)
        ?? throw await MissingAsync(source, metric, figure, names, cancellation).ConfigureAwait(false);

    private static async Task<WorkloadException> MissingAsync(
        IMetricSource source, MetricReference metric, string figure, FigureNames names, CancellationToken cancellation)
    {
        var found = await source.SuggestAsync(cancellation).ConfigureAwait(false);
        var tag = metric.Tag is null ? "" : $" with {metric.Tag}=\"{metric.TagValue}\"";
        return new WorkloadException(
            figure,
            $"{source.Name} has no metric {metric.Name}{tag} (or {metric.PrometheusNames[0]}), which holds the "
                + $"{figure} "
            + $"in profile {names.Profile}. "
            + (found.Count == 0
                ? "Nothing there looks like LlmMetrics; measure again, or take another window"
                : $"Found are {string.Join(", ", found)}; name the profile that the app uses with --profile"));
    }

    private static double NotZero(
        IMetricSource source, MetricReference metric, string figure, IReadOnlyList<SampledSeries> series) =>
        Total(series) is > 0 and var total
            ? total
            : throw new WorkloadException(
                figure,
                $"{source.Name}: {figure} ({metric.Name}) are 0 in the window: nothing happened in it, or it holds one "
                + "sample only. Take a longer window, or measure again");

    private static async Task<double?> MeanAsync(
        IMetricSource source, MetricReference? metric, CancellationToken cancellation)
    {
        if (metric is null)
        {
            return null;
        }

        var sum = await TotalAsync(SeriesPart.Sum).ConfigureAwait(false);
        var count = await TotalAsync(SeriesPart.Count).ConfigureAwait(false);
        return count > 0 && sum > 0 ? sum / count * metric.Scale : null;

        async Task<double> TotalAsync(SeriesPart part)
        {
            var series = await source.ReadAsync(metric, part, cancellation).ConfigureAwait(false);
            return Total(series.Where(static s => IsPlanned(s.Tags)));
        }
    }

    private static async Task<TokenHistogram?> LengthsAsync(
        IMetricSource source, MetricReference? metric, CancellationToken cancellation)
    {
        if (metric is null || await source.ReadBucketsAsync(
            metric, tags => metric.Takes(tags) && IsPlanned(tags), cancellation)
                .ConfigureAwait(false) is not { } buckets)
        {
            return null;
        }

        var series = await source.ReadAsync(metric, SeriesPart.Sum, cancellation).ConfigureAwait(false);
        var sum = Total(series.Where(s => metric.Takes(s.Tags) && IsPlanned(s.Tags)));
        return buckets.Counts.Sum() > 0 && sum > 0
            ? new TokenHistogram { Bounds = buckets.Bounds, Counts = buckets.Counts, Sum = sum }
            : null;
    }
}
