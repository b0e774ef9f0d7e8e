using System.Globalization;
using System.Text.Json;
using LlmMetrics.Testing;

namespace Samples.Tests.Querying;

/// <summary>
/// What Prometheus would answer had it scraped the same samples every minute: its own engine, in <c>promtool</c>, gets
/// them with time sped up.
/// </summary>
internal static class SlowScrape
{
    /// <summary>Writes a test of rules that expects each query to return something, or nothing.</summary>
    /// <param name="series">Every series with all of its points.</param>
    /// <param name="queries">The queries, and whether they return something.</param>
    public static string TestOf(
        IReadOnlyList<PromSeries> series, IEnumerable<(string Query, bool Returns)> queries)
    {
        var scrapes = series.SelectMany(static s => s.Points).Select(static p => p.Time).Distinct().Order().ToArray();

        // Between two scrapes, as nearly every evaluation is.
        var moment = string.Create(CultureInfo.InvariantCulture, $"{scrapes.Length - 1}m30s");
        return JsonSerializer.Serialize(new
        {
            evaluation_interval = "1m",
            tests = new[]
            {
                new
                {
                    interval = "1m",
                    input_series = series.Select(s => new { series = Name(s), values = Values(s, scrapes) }),
                    promql_expr_test = queries.Select(query => new
                    {
                        expr = $"count({query.Query}) > bool 0",
                        eval_time = moment,
                        exp_samples = query.Returns ? new[] { new { labels = "{}", value = 1 } } : [],
                    }),
                },
            },
        });
    }

    private static string Name(PromSeries series)
    {
        var labels = series.Labels
            .Where(static label => label.Key != "__name__")
            .Select(static label => $"{label.Key}={JsonSerializer.Serialize(label.Value)}");
        return $"{series.Name}{{{string.Join(',', labels)}}}";
    }

    private static string Values(PromSeries series, IEnumerable<DateTimeOffset> scrapes)
    {
        var values = series.Points.ToDictionary(static point => point.Time, static point => point.Value);
        return string.Join(' ', scrapes.Select(time => values.TryGetValue(time, out var value)
            ? value.ToString("R", CultureInfo.InvariantCulture)
            : "_"));
    }
}
