using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LlmMetrics.Monitoring.Tests.Dashboards;

/// <summary>
/// The rules of Grafana's dashboard linter, as far as they concern these dashboards. Where a rule is not kept, the
/// reason stands beside the exception.
/// </summary>
internal static partial class DashboardLint
{
    // target-rate-interval: windows that the panel's title or description names.
    private static readonly Dictionary<string, string> _windows = new()
    {
        ["[$__range]"] = "a figure for the time shown",
        ["[1d]"] = "the document's own window: per day",
        ["[24h]"] = "the title says 24h",
        ["[30d]"] = "the title says monthly",
    };

    // target-counter-agg: counters that are read as they stand.
    private static readonly Dictionary<string, string> _totals = new()
    {
        ["Top 5 models by cost"] = "the document asks for totals since the start",
        ["Average cost per request"] = "a quotient of totals, as documented",
        ["Cumulative revenue"] = "the title says cumulative",
        ["Cost per call"] = "a quotient of totals, as documented",
        ["Cache hit"] = "a quotient of totals, as documented",
        ["Resolution rate"] = "a quotient of totals, as documented",
    };

    /// <summary>Lists what a dashboard does not keep to.</summary>
    public static IEnumerable<string> Findings(DashboardFile dashboard) => Frame(dashboard)
        .Concat(Template(dashboard))
        .Concat(dashboard.Panels.SelectMany(Panel))
        .Select(finding => $"{dashboard.Name}: {finding}");

    private static IEnumerable<string> Frame(DashboardFile dashboard)
    {
        var json = dashboard.Json;
        if ((bool?)json["editable"] != false)
        {
            yield return "uneditable-dashboard: it can be edited in place";
        }

        if ((string?)json["uid"] is not { Length: > 0 and <= 40 } || json.ContainsKey("id"))
        {
            yield return "a stable uid of at most 40 characters and no id";
        }

        if ((string?)json["refresh"] is not { Length: > 0 } || json["time"]?["from"] is null)
        {
            yield return "no time range or refresh";
        }
    }

    private static IEnumerable<string> Template(DashboardFile dashboard)
    {
        if ((string?)dashboard.Variables.First()["type"] != "datasource")
        {
            yield return "template-datasource-rule: no data source to choose";
        }

        foreach (var name in new[] { "job", "instance" })
        {
            var variable = dashboard.Variable(name);
            if (!((string)variable["query"]!).StartsWith("label_values(", StringComparison.Ordinal)
                || (string?)variable["datasource"]!["uid"] != "${datasource}"
                || (bool?)variable["multi"] != true
                || (string?)variable["allValue"] != ".+")
            {
                yield return $"template-{name}-rule: not a choice of label values with all";
            }

            if ((int?)variable["refresh"] != 2)
            {
                yield return $"template-on-time-change-reload-rule: {name}";
            }
        }
    }

    private static IEnumerable<string> Panel(JsonObject panel)
    {
        var title = (string?)panel["title"];
        if ((string?)panel["datasource"]?["uid"] != "${datasource}")
        {
            yield return $"panel-datasource-rule: {title}";
        }

        if (title is not { Length: > 0 } || (string?)panel["description"] is not { Length: > 0 })
        {
            yield return $"panel-title-description-rule: {title}";
        }

        if ((string?)panel["fieldConfig"]?["defaults"]?["unit"] is not { Length: > 0 })
        {
            yield return $"panel-units-rule: {title}";
        }

        if (panel["targets"]!.AsArray().Count == 0)
        {
            yield return $"panel-no-targets-rule: {title}";
        }

        foreach (var finding in DashboardFile.QueriesOf(panel).SelectMany(query => Target(query, title!)))
        {
            yield return finding;
        }
    }

    private static IEnumerable<string> Target(string query, string title)
    {
        foreach (Match selector in Selectors().Matches(query))
        {
            var (name, matchers) = (selector.Groups["name"].Value, selector.Groups["matchers"].Value);

            // ALERTS of aggregated expressions has neither label.
            if (name != "ALERTS"
                && !matchers.StartsWith("job=~\"$job\",instance=~\"$instance\"", StringComparison.Ordinal))
            {
                yield return $"target-job-rule, target-instance-rule: {title}: {name}";
            }

            var window = selector.Groups["window"].Value;
            if (window.Length > 0 && window != "[$__rate_interval]" && !_windows.ContainsKey(window))
            {
                yield return $"target-rate-interval-rule: {title}: {window}";
            }

            if (window.Length == 0 && name.EndsWith("_total", StringComparison.Ordinal) && !_totals.ContainsKey(title))
            {
                yield return $"target-counter-agg-rule: {title}: {name}";
            }
        }

        if (query.Contains("histogram_quantile", StringComparison.Ordinal)
            && (!query.Contains("_bucket{", StringComparison.Ordinal) || !Buckets().IsMatch(query)))
        {
            yield return $"target-promql-rule: {title}: quantile without buckets by le";
        }

        if (Constants().IsMatch(query))
        {
            yield return $"a constant in place of no data: {title}";
        }
    }

    [GeneratedRegex(
        @"(?<name>[a-zA-Z_][\w:]*)\{(?<matchers>[^}]*)\}(?<window>\[[^\]]*\])?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Selectors();

    [GeneratedRegex(@"by \([^)]*\ble\b[^)]*\)", RegexOptions.None, 1000)]
    private static partial Regex Buckets();

    [GeneratedRegex(@"\bor\s+(vector|on)?\s*\(?\d", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Constants();
}
