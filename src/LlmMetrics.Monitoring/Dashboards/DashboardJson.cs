using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmMetrics.Monitoring;

/// <summary>Writes a dashboard in Grafana's classic schema, which Grafana 9 and newer import.</summary>
internal static class DashboardJson
{
    private const int Columns = 24;
    private const int SchemaVersion = 39;

    /// <summary>What every query of a dashboard is limited to.</summary>
    private const string Matchers = "job=~\"$job\",instance=~\"$instance\"";

    private static readonly JsonWriterOptions _format = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file's text, ending with a line feed.</summary>
    /// <exception cref="MonitoringException">A metric or label does not exist.</exception>
    public static string Write(Dashboard dashboard, MonitoringDefinition definition, MetricCatalogue catalogue)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, _format))
        {
            var panels = Panels(dashboard, definition.Stack, catalogue);
            Document(dashboard, Variables(dashboard, definition.Job, catalogue), panels).WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    private static JsonObject Document(Dashboard dashboard, JsonArray variables, JsonArray panels) => new()
    {
        ["uid"] = dashboard.Uid,
        ["title"] = dashboard.Title,
        ["description"] = dashboard.Description,
        ["tags"] = new JsonArray([.. dashboard.Tags.Select(static tag => (JsonNode)tag)]),
        ["schemaVersion"] = SchemaVersion,
        ["version"] = 1,
        ["editable"] = false,
        ["graphTooltip"] = 1,
        ["timezone"] = "browser",
        ["refresh"] = dashboard.Refresh,
        ["time"] = new JsonObject { ["from"] = dashboard.From, ["to"] = "now" },
        ["annotations"] = new JsonObject { ["list"] = new JsonArray() },
        ["links"] = new JsonArray(Link(dashboard)),
        ["templating"] = new JsonObject { ["list"] = variables },
        ["panels"] = panels,
    };

    private static JsonObject Link(Dashboard dashboard) => new()
    {
        ["title"] = "Dashboards",
        ["type"] = "dashboards",
        ["icon"] = "external link",
        ["tooltip"] = "Other dashboards of this app",
        ["tags"] = new JsonArray([.. dashboard.Tags.Select(static tag => (JsonNode)tag)]),
        ["asDropdown"] = true,
        ["targetBlank"] = false,
        ["includeVars"] = true,
        ["keepTime"] = true,
    };

    private static JsonArray Variables(Dashboard dashboard, string job, MetricCatalogue catalogue)
    {
        var first = dashboard.Rows.SelectMany(static row => row.Panels).SelectMany(static panel => panel.Queries)
            .SelectMany(static query => Expression.InstrumentsOf(query.Expression)).FirstOrDefault()
            ?? throw new MonitoringException($"dashboard '{dashboard.Title}' names no metric");
        var metric = catalogue.Find(first);
        var sample = metric.Kind == MetricKind.Histogram ? metric.Sample + "_count" : metric.Sample;
        return
        [
            new JsonObject
            {
                ["name"] = "datasource",
                ["label"] = "Data source",
                ["type"] = "datasource",
                ["query"] = "prometheus",
            },
            // The app's own job: all jobs would show the processes of other apps in panels on the runtime.
            Variable("job", "Job", $"label_values({sample}, job)", Choice(job, job)),
            Variable(
                "instance", "Instance", $$"""label_values({{sample}}{job=~"$job"}, instance)""",
                Choice("All", "$__all")),
        ];
    }

    private static JsonObject Choice(string text, string value) =>
        new() { ["selected"] = true, ["text"] = text, ["value"] = value };

    private static JsonObject Variable(string name, string label, string query, JsonObject current) => new()
    {
        ["name"] = name,
        ["label"] = label,
        ["type"] = "query",
        ["datasource"] = PanelJson.DataSource,
        ["query"] = query,
        ["definition"] = query,
        ["refresh"] = 2,
        ["sort"] = 1,
        ["multi"] = true,
        ["includeAll"] = true,
        ["allValue"] = ".+",
        ["current"] = current,
    };

    /// <summary>Panels stand side by side until a line is full; a line is as high as its highest panel.</summary>
    private static JsonArray Panels(Dashboard dashboard, StackSettings stack, MetricCatalogue catalogue)
    {
        var all = new JsonArray();
        var (id, top) = (1, 0);
        foreach (var row in dashboard.Rows)
        {
            all.Add((JsonNode)Heading(row.Title, id++, top++));
            var (left, height) = (0, 0);
            foreach (var panel in row.Panels)
            {
                if (left + panel.Width > Columns)
                {
                    (left, top, height) = (0, top + height, 0);
                }

                all.Add((JsonNode)PanelJson.Write(
                    panel, stack.ScrapeInterval, id++, Position(left, top, panel.Width, panel.Height),
                    text => Resolve(dashboard, panel, text, catalogue)));
                left += panel.Width;
                height = Math.Max(height, panel.Height);
            }

            top += height;
        }

        return all;
    }

    private static string Resolve(Dashboard dashboard, Panel panel, string text, MetricCatalogue catalogue)
    {
        try
        {
            return Expression.Resolve(text, catalogue, Matchers);
        }
        catch (MonitoringException problem)
        {
            throw new MonitoringException($"dashboard '{dashboard.Title}', panel '{panel.Title}': {problem.Message}");
        }
    }

    private static JsonObject Heading(string title, int id, int top) => new()
    {
        ["id"] = id,
        ["type"] = "row",
        ["title"] = title,
        ["collapsed"] = false,
        ["gridPos"] = Position(0, top, Columns, 1),
        ["panels"] = new JsonArray(),
    };

    private static JsonObject Position(int left, int top, int width, int height) =>
        new() { ["x"] = left, ["y"] = top, ["w"] = width, ["h"] = height };
}
