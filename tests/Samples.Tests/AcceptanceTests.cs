using System.Globalization;
using LlmMetrics.Testing;
using Samples.Tests.Acceptance;
using Samples.Tests.Running;

namespace Samples.Tests;

/// <summary>Every metric of the documents, as a real Prometheus has scraped it.</summary>
[Collection(SharedSamples.Name)]
public sealed class AcceptanceTests(RunningSamples samples)
{
    private static readonly string[] _scraped = ["ExpertApi", "MigrationApi", "Voicebot", "ContentPipeline"];
    private static readonly string[] _ofTheScrape = ["__name__", "job", "instance", "le"];

    public static TheoryData<string, string> Metrics
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var sample in _scraped)
            {
                foreach (var metric in DocumentedSystem.Of(sample).Metrics)
                {
                    data.Add(sample, metric.Name);
                }
            }

            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Metrics))]
    public async Task Metric_Scraped_HasItsTypeLabelsValuesAndBuckets(string sample, string name)
    {
        samples.Require();
        var metric = DocumentedSystem.Of(sample).Metrics.Single(m => m.Name == name);

        Assert.Equal(metric.Type, await TypeAsync(name));
        var series = await samples.QueryAsync(metric.IsHistogram ? $"{name}_bucket" : name);
        Assert.NotEmpty(series);
        Assert.All(series, s => Assert.Equal(ScrapeConfiguration.JobOf(sample), s["job"]));
        var labels = metric.Labels ?? new Dictionary<string, string[]>();
        Assert.All(series, s => Assert.Equal(
            labels.Keys.Order(StringComparer.Ordinal),
            s.Labels.Keys.Except(_ofTheScrape).Order(StringComparer.Ordinal)));
        foreach (var (label, values) in labels)
        {
            Assert.Empty(values.Except(series.Select(s => s[label])));
        }

        if (metric.IsHistogram)
        {
            await CheckHistogramAsync(metric, series);
        }
    }

    private async Task CheckHistogramAsync(DocumentedMetric metric, IReadOnlyList<PromSeries> buckets)
    {
        var bounds = buckets.Select(static s => s["le"]).Distinct()
            .Select(static le => le == "+Inf"
                ? double.PositiveInfinity
                : double.Parse(le, CultureInfo.InvariantCulture))
            .Order();
        Assert.Equal([.. metric.Buckets!, double.PositiveInfinity], bounds);
        var above = await samples.SumAsync($"{metric.Name}_bucket{{le=\"+Inf\"}}");
        Assert.True(above > 0, "nothing was recorded");
        Assert.Equal(above, await samples.SumAsync($"{metric.Name}_count"));
        Assert.NotEmpty(await samples.QueryAsync($"{metric.Name}_sum"));
    }

    /// <summary>OpenMetrics calls a counter's family by its name without the end.</summary>
    private async Task<string> TypeAsync(string name)
    {
        foreach (var family in new[] { name, name.EndsWith("_total", StringComparison.Ordinal) ? name[..^6] : name })
        {
            using var json = await samples.Prometheus.Client.GetJsonAsync($"api/v1/metadata?metric={family}");
            if (json.RootElement.GetProperty("data").TryGetProperty(family, out var entries))
            {
                return entries[0].GetProperty("type").GetString()!;
            }
        }

        return "unknown";
    }
}
