using System.Text.Json;
using ExpertApi;
using LlmMetrics.Monitoring;
using MigrationApi;
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
    public static string Query(string sample, string dashboard, string panel, int index)
    {
        foreach (var file in MonitoringFiles.EmitDashboards(Of(sample)))
        {
            using var json = JsonDocument.Parse(file.Text);
            if (json.RootElement.GetProperty("title").GetString() != dashboard)
            {
                continue;
            }

            return Fill(json.RootElement.GetProperty("panels").EnumerateArray()
                .Single(candidate => candidate.GetProperty("title").GetString() == panel)
                .GetProperty("targets")[index].GetProperty("expr").GetString()!);
        }

        throw new InvalidOperationException($"no dashboard '{dashboard}'");
    }

    /// <summary>All jobs and instances, windows as of a minute and an hour.</summary>
    private static string Fill(string query) => query
        .Replace("$__rate_interval", "1m", StringComparison.Ordinal)
        .Replace("$__range", "1h", StringComparison.Ordinal)
        .Replace("$job", ".+", StringComparison.Ordinal)
        .Replace("$instance", ".+", StringComparison.Ordinal);
}
