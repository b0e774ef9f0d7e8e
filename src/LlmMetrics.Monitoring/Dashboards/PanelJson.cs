using System.Text.Json.Nodes;

namespace LlmMetrics.Monitoring;

/// <summary>Writes a panel in Grafana's classic schema.</summary>
internal static class PanelJson
{
    // What Grafana takes for a data source's interval unless told: with slower scrapes a window of four of these holds
    // too few samples. The interval of a query is put before the data source's, wherever the dashboard is imported.
    private static readonly TimeSpan _usualInterval = TimeSpan.FromSeconds(15);

    public static JsonObject DataSource => new() { ["type"] = "prometheus", ["uid"] = "${datasource}" };

    public static JsonObject Write(
        Panel panel, TimeSpan scrapeInterval, int id, JsonObject position, Func<string, string> resolve)
    {
        var targets = new JsonArray();
        for (var i = 0; i < panel.Queries.Count; i++)
        {
            var target = Target(panel, panel.Queries[i], i, resolve);
            if (scrapeInterval > _usualInterval)
            {
                target["interval"] = PrometheusDuration.Of(scrapeInterval);
            }

            targets.Add((JsonNode)target);
        }

        var json = new JsonObject
        {
            ["id"] = id,
            ["type"] = TypeOf(panel.Kind),
            ["title"] = panel.Title,
            ["description"] = panel.Description,
            ["datasource"] = DataSource,
            ["gridPos"] = position,
            ["fieldConfig"] = FieldConfig(panel),
            ["options"] = Options(panel),
            ["targets"] = targets,
        };
        if (panel.TimeFrom is { } from)
        {
            json["timeFrom"] = from;
        }

        return json;
    }

    private static string TypeOf(PanelKind kind) => kind switch
    {
        PanelKind.Stat => "stat",
        PanelKind.BarGauge => "bargauge",
        PanelKind.PieChart => "piechart",
        PanelKind.Gauge => "gauge",
        PanelKind.Table => "table",
        _ => "timeseries",
    };

    private static JsonObject Target(Panel panel, PanelQuery query, int index, Func<string, string> resolve) => new()
    {
        ["refId"] = ReferenceOf(index),
        ["datasource"] = DataSource,
        ["editorMode"] = "code",
        ["expr"] = resolve(query.Expression),
        ["legendFormat"] = query.Legend.Length == 0 ? "__auto" : query.Legend,
        ["instant"] = query.IsInstant,
        ["range"] = !query.IsInstant,
        ["format"] = panel.Kind == PanelKind.Table ? "table" : "time_series",
    };

    private static JsonObject FieldConfig(Panel panel)
    {
        var defaults = new JsonObject
        {
            ["unit"] = panel.Unit,
            ["color"] = new JsonObject { ["mode"] = panel.Thresholds.Count > 0 ? "thresholds" : "palette-classic" },
            ["thresholds"] = Thresholds(panel),
            ["mappings"] = new JsonArray(),
        };
        if (panel.Kind is PanelKind.TimeSeries or PanelKind.StackedBars)
        {
            // Lines keep colours of their own; the thresholds are lines beside them.
            defaults["color"] = new JsonObject { ["mode"] = "palette-classic" };
            defaults["custom"] = Graph(panel);
        }

        if (panel.Decimals is { } decimals)
        {
            defaults["decimals"] = decimals;
        }

        if (panel.Min is { } min)
        {
            defaults["min"] = min;
        }

        if (panel.Max is { } max)
        {
            defaults["max"] = max;
        }

        return new JsonObject { ["defaults"] = defaults, ["overrides"] = Overrides(panel) };
    }

    private static JsonArray Overrides(Panel panel)
    {
        var overrides = new JsonArray();
        for (var i = 0; i < panel.Queries.Count; i++)
        {
            if (panel.Queries[i].Unit is { } unit)
            {
                overrides.Add((JsonNode)Override("byFrameRefID", ReferenceOf(i), "unit", unit));
            }
        }

        foreach (var (name, colour) in panel.Colours)
        {
            var value = new JsonObject { ["mode"] = "fixed", ["fixedColor"] = colour };
            overrides.Add((JsonNode)Override("byName", name, "color", value));
        }

        return overrides;
    }

    private static JsonObject Override(string matcher, string option, string property, JsonNode value) => new()
    {
        ["matcher"] = new JsonObject { ["id"] = matcher, ["options"] = option },
        ["properties"] = new JsonArray(new JsonObject { ["id"] = property, ["value"] = value }),
    };

    private static string ReferenceOf(int index) => ((char)('A' + index)).ToString();

    private static JsonObject Thresholds(Panel panel)
    {
        var steps = new JsonArray();
        foreach (var threshold in panel.Thresholds.DefaultIfEmpty(new PanelThreshold(null, "green")))
        {
            steps.Add((JsonNode)new JsonObject { ["value"] = threshold.From, ["color"] = threshold.Colour });
        }

        return new JsonObject { ["mode"] = "absolute", ["steps"] = steps };
    }

    private static JsonObject Graph(Panel panel)
    {
        var isBars = panel.Kind == PanelKind.StackedBars;
        return new JsonObject
        {
            ["drawStyle"] = isBars ? "bars" : "line",
            ["lineWidth"] = isBars ? 0 : 2,
            ["fillOpacity"] = isBars ? 80 : 8,
            ["showPoints"] = "never",
            ["spanNulls"] = false,
            ["stacking"] = new JsonObject { ["mode"] = isBars ? "normal" : "none", ["group"] = "A" },
            ["thresholdsStyle"] = new JsonObject { ["mode"] = panel.Thresholds.Count > 1 ? "dashed" : "off" },
        };
    }

    private static JsonObject Options(Panel panel) => panel.Kind switch
    {
        PanelKind.Stat => new JsonObject
        {
            ["reduceOptions"] = Reduce(),
            ["colorMode"] = panel.Thresholds.Count > 0 ? "background" : "value",
            ["graphMode"] = panel.Queries.All(static query => query.IsInstant) ? "none" : "area",
            ["justifyMode"] = "auto",
            ["textMode"] = panel.Queries.Any(static query => query.Legend.Length > 0) ? "value_and_name" : "auto",
            ["wideLayout"] = true,
            ["showPercentChange"] = false,
            ["percentChangeColorMode"] = "standard",
            ["orientation"] = "auto",
        },
        PanelKind.Gauge => new JsonObject
        {
            ["reduceOptions"] = Reduce(),
            ["showThresholdLabels"] = false,
            ["showThresholdMarkers"] = true,
            ["sizing"] = "auto",
            ["minVizWidth"] = 75,
            ["minVizHeight"] = 75,
            ["orientation"] = "auto",
        },
        PanelKind.BarGauge => new JsonObject
        {
            ["reduceOptions"] = Reduce(),
            ["displayMode"] = "gradient",
            ["valueMode"] = "color",
            ["namePlacement"] = "auto",
            ["showUnfilled"] = true,
            ["sizing"] = "auto",
            ["minVizWidth"] = 8,
            ["minVizHeight"] = 16,
            ["maxVizHeight"] = 300,
            ["legend"] = Legend("list", isShown: false),
            ["orientation"] = "horizontal",
        },
        PanelKind.PieChart => new JsonObject
        {
            ["reduceOptions"] = Reduce(),
            ["pieType"] = "donut",
            ["displayLabels"] = new JsonArray("percent"),
            ["tooltip"] = new JsonObject { ["mode"] = "single", ["sort"] = "none" },
            ["legend"] = PieLegend(),
            ["orientation"] = "auto",
        },
        PanelKind.Table => new JsonObject { ["frameIndex"] = 0, ["showHeader"] = true },
        _ => new JsonObject
        {
            ["legend"] = Legend("list", isShown: true),
            ["tooltip"] = new JsonObject { ["mode"] = "multi", ["sort"] = "desc" },
        },
    };

    private static JsonObject Reduce() => new()
    {
        ["calcs"] = new JsonArray("lastNotNull"),
        ["fields"] = string.Empty,
        ["values"] = false,
    };

    private static JsonObject Legend(string mode, bool isShown) => new()
    {
        ["displayMode"] = mode,
        ["placement"] = "bottom",
        ["showLegend"] = isShown,
        ["calcs"] = new JsonArray(),
    };

    private static JsonObject PieLegend()
    {
        var legend = Legend("table", isShown: true);
        legend["placement"] = "right";
        legend["values"] = new JsonArray("value", "percent");
        return legend;
    }
}
