using System.Text.Json.Nodes;
using ExpertApi;
using LlmMetrics.Monitoring;
using MigrationApi;
using Samples.Tests.Querying;
using Voicebot;

namespace Samples.Tests.Monitoring;

/// <summary>The queries of the samples' dashboards, as Grafana would send them.</summary>
internal static class SampleDashboards
{
    private static readonly Dictionary<string, MonitoringDefinition> _definitions = new()
    {
        ["ExpertApi"] = ExpertMonitoring.Definition,
        ["MigrationApi"] = MigrationMonitoring.Definition,
        ["Voicebot"] = VoicebotMonitoring.Definition,
    };

    /// <summary>Sample, dashboard, panel and number of each query.</summary>
    public static TheoryData<string, string, string, int> Queries
    {
        get
        {
            var data = new TheoryData<string, string, string, int>();
            foreach (var (sample, definition) in _definitions)
            {
                foreach (var dashboard in definition.Dashboards)
                {
                    foreach (var panel in dashboard.Rows.SelectMany(static row => row.Panels))
                    {
                        for (var i = 0; i < panel.Queries.Count; i++)
                        {
                            data.Add(sample, dashboard.Title, panel.Title, i);
                        }
                    }
                }
            }

            return data;
        }
    }

    public static MonitoringDefinition Of(string sample) => _definitions[sample];

    /// <summary>The query as it is in the emitted file, with the variables filled in.</summary>
    public static string Query(string sample, string dashboard, string panel, int index) =>
        Fill((string)Target(sample, dashboard, panel, index)["expr"]!, "1m");

    /// <summary>
    /// The query as Grafana sends it at the finest step, whatever interval the data source has: a query's own interval
    /// goes before it, and 15 seconds are usual.
    /// </summary>
    public static string QueryAtItsInterval(string sample, string dashboard, string panel, int index)
    {
        var target = Target(sample, dashboard, panel, index);
        var interval = PromDuration.Parse((string?)target["interval"] ?? "15s");
        return Fill((string)target["expr"]!, $"{4 * interval.TotalSeconds:0}s");
    }

    private static JsonObject Target(string sample, string dashboard, string panel, int index) =>
        MonitoringFiles.EmitDashboards(Of(sample)).Select(static file => JsonNode.Parse(file.Text)!.AsObject())
            .Single(json => (string?)json["title"] == dashboard)["panels"]!.AsArray()
            .Single(candidate => (string?)candidate!["title"] == panel)!["targets"]![index]!.AsObject();

    /// <summary>All jobs and instances, windows as of a minute and an hour.</summary>
    private static string Fill(string query, string rateInterval) => query
        .Replace("$__rate_interval", rateInterval, StringComparison.Ordinal)
        .Replace("$__range", "1h", StringComparison.Ordinal)
        .Replace("$job", ".+", StringComparison.Ordinal)
        .Replace("$instance", ".+", StringComparison.Ordinal);
}
