namespace LlmMetrics.Benchmarks.Scraping;

/// <summary>A runtime with as many series as wanted, half of them histograms of 14 buckets.</summary>
internal static class FilledRuntime
{
    private const int ValuesOfField = 64;

    private static readonly FactField[] _fields =
    [
        FactField.Feature, FactField.Tenant, FactField.Agent, FactField.Task, FactField.Provider, FactField.Operation,
        FactField.RequestModel, FactField.ServerAddress,
    ];

    /// <summary>Counters and histograms, each kind as many metrics with as many series.</summary>
    public static LlmMetricsRuntime Create(int metrics, int seriesOfEach) =>
        Create(ProfileOf(metrics, metrics, tags: 4), seriesOfEach);

    /// <summary>A runtime with one call recorded for each combination of tags.</summary>
    public static LlmMetricsRuntime Create(MetricProfile profile, int combinations)
    {
        var runtime = LlmMetricsRuntime.Create(builder =>
        {
            builder.Services.AddLlmMetrics(options =>
            {
                options.Meters.Clear();
                options.Cardinality.MaxSeriesPerMetric = 1_000_000;
                options.Cardinality.MaxValuesPerField = 10_000;
            });
            builder.AddProfile(profile).AddPrometheus();
        });
        for (var i = 0; i < combinations; i++)
        {
            runtime.Record(Call(i));
        }

        return runtime;
    }

    public static MetricProfile ProfileOf(int counters, int histograms, int tags) =>
        MetricProfile.Create($"filled-{counters}-{histograms}-{tags}", profile =>
        {
            for (var i = 0; i < counters; i++)
            {
                Tag(profile.Counter(FactKind.LlmCall, $"bench.tokens.kind{i}", FactValue.InputTokens), tags);
            }

            for (var i = 0; i < histograms; i++)
            {
                Tag(profile.Histogram(FactKind.LlmCall, $"bench.operation.kind{i}.duration").Unit("s").Buckets(
                    0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92), tags);
            }
        });

    /// <summary>Two fields tell the combinations apart; the others are what they are in real apps.</summary>
    public static LlmCall Call(int combination) => new()
    {
        Feature = $"feature-{combination % ValuesOfField}",
        Tenant = $"tenant-{combination / ValuesOfField}",
        Agent = "retriever",
        Task = "summarise_document",
        Provider = "openai",
        Operation = "chat",
        RequestModel = "gpt-4o-mini",
        ServerAddress = "api.openai.com",
        InputTokens = 1000 + combination,
        OutputTokens = 100,
        Duration = TimeSpan.FromSeconds(0.123456 + (combination % 97 * 0.1)),
    };

    private static void Tag(InstrumentBuilder instrument, int tags)
    {
        foreach (var field in _fields.Take(tags))
        {
            instrument.Tag(field.ToString(), field);
        }
    }
}
