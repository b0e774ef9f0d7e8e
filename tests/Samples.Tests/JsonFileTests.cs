using System.Globalization;
using System.Text.Json;
using Samples.Tests.Acceptance;
using Samples.Tests.Running;

namespace Samples.Tests;

/// <summary>ContentPipeline's JSON file, against the documented shape.</summary>
[Collection(SharedSamples.Name)]
public sealed class JsonFileTests(RunningSamples samples)
{
    private static readonly string[] _agents = ["pdf_analyzer", "article_writer", "social_media", "visual_creator"];

    [SkippableFact]
    public async Task File_Newest_HasTheDocumentedHead()
    {
        samples.Require();
        var path = Newest();
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(path));

        Assert.Matches("^metrics-[0-9]{8}T[0-9]{9}Z\\.json$", Path.GetFileName(path));
        Assert.Matches(
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}$",
            json.RootElement.GetProperty("timestamp").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("schema_version").GetInt32());
    }

    [SkippableFact]
    public async Task File_Newest_HasEveryDocumentedMetricInItsShape()
    {
        samples.Require();
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Newest()));
        var metrics = json.RootElement.GetProperty("metrics");

        foreach (var documented in DocumentedSystem.Of("ContentPipeline").Files!)
        {
            var found = Names(documented.Name).Where(name => metrics.TryGetProperty(name, out _)).ToArray();
            Assert.True(found.Length > 0, $"{documented.Name} is missing");
            Assert.All(found, name => CheckShape(documented, name, metrics.GetProperty(name)));
        }
    }

    [SkippableFact]
    public async Task File_MeasuredFunction_HasItsFourMetrics()
    {
        samples.Require();
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Newest()));
        var metrics = json.RootElement.GetProperty("metrics");

        var calls = Value("calls");
        Assert.True(Value("failures") > 0);
        Assert.Equal(calls, Value("successes") + Value("failures"));
        Assert.Equal(
            calls, metrics.GetProperty("function.publish_article.duration").GetProperty("count").GetInt64());

        long Value(string what) =>
            metrics.GetProperty($"function.publish_article.{what}").GetProperty("value").GetInt64();
    }

    [SkippableFact]
    public async Task File_Newest_AgreesWithPrometheus()
    {
        samples.Require();
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Newest()));
        var metrics = json.RootElement.GetProperty("metrics");

        foreach (var agent in _agents)
        {
            Assert.Equal(
                await samples.SumAsync($"agent_calls_total{{agent_name=\"{agent}\"}}"),
                metrics.GetProperty($"agent.{agent}.calls").GetProperty("value").GetDouble());
        }
    }

    [SkippableFact]
    public void Output_CustomExporter_WasCalledAtEveryExport()
    {
        samples.Require();

        var exports = samples.Sample("ContentPipeline").Lines("Exporting ").Count();
        var files = Files().Length;

        // One for each round. On a slow machine a minute passes and brings another, which may be under way.
        Assert.True(exports >= 4);
        Assert.InRange(exports - files, -1, 1);
    }

    private static IEnumerable<string> Names(string template) => template.Contains("{agent}", StringComparison.Ordinal)
        ? _agents.Select(agent => template.Replace("{agent}", agent, StringComparison.Ordinal))
        : [template];

    private static void CheckShape(DocumentedMetric documented, string name, JsonElement metric)
    {
        Assert.Equal(name, metric.GetProperty("name").GetString());
        Assert.Equal(documented.Type, metric.GetProperty("type").GetString());
        Assert.NotEmpty(metric.GetProperty("description").GetString()!);
        Assert.Matches("^[0-9]{10}\\.[0-9]{6}$", metric.GetProperty("timestamp").GetRawText());
        if (documented.IsHistogram)
        {
            Assert.Equal(
                [.. documented.Buckets!.Select(Key), "+Inf"],
                metric.GetProperty("buckets").EnumerateObject().Select(static bucket => bucket.Name));
            Assert.Equal(
                metric.GetProperty("count").GetInt64(),
                metric.GetProperty("buckets").EnumerateObject().Sum(static bucket => bucket.Value.GetInt64()));
        }
        else
        {
            Assert.True(metric.GetProperty("value").GetDouble() >= 0);
        }

        CheckTags(documented.Labels!, metric);
    }

    private static void CheckTags(IReadOnlyDictionary<string, string[]> labels, JsonElement metric)
    {
        Assert.Equal(labels.Count > 0, metric.TryGetProperty("series", out var series));
        foreach (var one in labels.Count > 0 ? series.EnumerateArray().ToArray() : [])
        {
            Assert.Equal(
                labels.Keys.Order(StringComparer.Ordinal),
                one.GetProperty("tags").EnumerateObject().Select(static t => t.Name).Order(StringComparer.Ordinal));
        }
    }

    private static string Key(double bound) => bound == Math.Floor(bound)
        ? bound.ToString("0.0", CultureInfo.InvariantCulture)
        : bound.ToString(CultureInfo.InvariantCulture);

    private string Newest() => Files().Max(StringComparer.Ordinal)!;

    private string[] Files() => Directory.GetFiles(
        Path.Combine(samples.Sample("ContentPipeline").Folder, "metrics"), "metrics-*.json");
}
