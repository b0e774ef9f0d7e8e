using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using LlmMetrics.Exposition;
using LlmMetrics.Testing;
using LlmMetrics.Tests.Exposition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LlmMetrics.Tests.Conformance;

/// <summary>
/// Hostile label sets under five cultures, read by a real Prometheus, by promtool and by python's strict parser: none
/// may refuse a page, and all must see every sample.
/// </summary>
public sealed class HostilePagesTests
{
    private const int Readable = 3;
    private static readonly string[] _cultures = ["de-DE", "ar-SA", "fa-IR", "tr-TR", "th-TH"];

    private readonly ConcurrentDictionary<string, int> _served = new(StringComparer.Ordinal);

    [SkippableFact]
    public Task Prometheus_FiveCultures_TakesEverySample() => ScrapeAsync(pages: 5, sets: 400, TimeSpan.FromSeconds(2));

    [LongFact]
    public Task Prometheus_MillionSetsUnderFiveCultures_TakesEverySample() =>
        ScrapeAsync(pages: 100, sets: 10_000, TimeSpan.FromMinutes(4));

    [SkippableFact]
    public Task Judges_FiveCultures_ReadEverySample() => JudgeAsync(pages: 5, sets: 200);

    // Of a family with 10,000 series promtool alone needs a minute; a page of 1,000 takes all three 1.6 s on one core.
    [LongFact]
    public Task Judges_MillionSetsUnderFiveCultures_ReadEverySample() => JudgeAsync(pages: 1_000, sets: 1_000);

    private static byte[] Page(int seed, int sets, ExpositionFormat format)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(_cultures[seed % _cultures.Length]);
            var metrics = HostileLabelsTests.Fill(new Random(seed), sets);
            return metrics.Bytes(metrics.Writer(targetInfo: true), format);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static int Samples(byte[] page) => Encoding.UTF8.GetString(page).Split('\n')
        .Count(static line => line.Length > 0 && line[0] != '#');

    private static async Task JudgeAsync(int pages, int sets) =>
        await Parallel.ForAsync(0, pages, async (seed, _) =>
        {
            var text = Page(seed, sets, ExpositionFormat.Text);
            var openMetrics = Page(seed, sets, ExpositionFormat.OpenMetrics);
            var classic = await OpenMetricsJudge.ReadTextAsync(text);
            var strict = await OpenMetricsJudge.ReadOpenMetricsAsync(openMetrics);
            var linted = await Promtool.CheckMetricsAsync(Encoding.UTF8.GetString(text));

            Assert.True(classic.Error is null, $"seed {seed}: {classic.Error}");
            Assert.True(strict.Error is null, $"seed {seed}: {strict.Error}");
            Assert.True(linted.ExitCode is 0 or Readable, $"seed {seed}: {linted}");
            Assert.Equal(Samples(text), classic.Samples.Count());
            Assert.Equal(Samples(openMetrics), strict.Samples.Count());
            Assert.Equal(classic.Samples.Count(), strict.Samples.Count());
        });

    private async Task ScrapeAsync(int pages, int sets, TimeSpan interval)
    {
        ExternalPrograms.Require(ExternalPrograms.Prometheus);
        await using var server = await LoopbackServer.StartAsync(app => app.MapGet(
            "/{format}/{seed:int}", (HttpContext context, string format, int seed) =>
            {
                var isText = format == "text";
                var page = Page(seed, sets, isText ? ExpositionFormat.Text : ExpositionFormat.OpenMetrics);
                _served[$"/{format}/{seed}"] = Samples(page);
                return Results.Bytes(page, isText
                    ? "text/plain; version=0.0.4; charset=utf-8"
                    : "application/openmetrics-text; version=1.0.0; charset=utf-8");
            }));
        await using var prometheus = await PrometheusServer.StartAsync(
            Configuration(server.BaseAddress, pages, interval));

        var targets = await prometheus.WaitForScrapeAsync(interval + TimeSpan.FromMinutes(1));

        // A scrape that a busy machine answers too late counts as one without samples, until the next.
        var counted = await prometheus.Client.WaitForAsync(
            "scrape_samples_scraped",
            result => result.Count == 2 * pages && result.All(static series => series.Value > 0),
            interval + TimeSpan.FromMinutes(1));

        Assert.Equal(2 * pages, targets.Count);
        Assert.All(targets, static target => Assert.True(target.IsUp, $"{target.Address}: {target.LastError}"));
        Assert.All(counted, series => Assert.Equal(_served[series["path"]], series.Value));
    }

    /// <summary>Every page is a target; what was read of it is dropped, or the database would need gigabytes.</summary>
    private static string Configuration(Uri server, int pages, TimeSpan interval)
    {
        var seconds = (int)interval.TotalSeconds;
        var text = new StringBuilder(string.Create(
            CultureInfo.InvariantCulture,
            $"global:\n  scrape_interval: {seconds}s\n  scrape_timeout: {seconds}s\nscrape_configs:\n"));
        (string Format, string Protocol)[] formats =
            [("text", PrometheusServer.TextProtocol), ("open", PrometheusServer.OpenMetricsProtocol)];
        foreach (var (format, protocol) in formats)
        {
            for (var seed = 0; seed < pages; seed++)
            {
                text.Append(CultureInfo.InvariantCulture, $"""
                  - job_name: {format}{seed}
                    metrics_path: /{format}/{seed}
                    scrape_protocols: [ {protocol} ]
                    static_configs:
                      - targets: [ '{server.Authority}' ]
                        labels:
                          path: /{format}/{seed}
                    metric_relabel_configs:
                      - action: drop
                        source_labels: [ __name__ ]
                        regex: .*

                """);
            }
        }

        return text.ToString();
    }
}
