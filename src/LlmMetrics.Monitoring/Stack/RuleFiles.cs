using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlmMetrics.Monitoring;

/// <summary>Writes Prometheus's rule files.</summary>
internal static class RuleFiles
{
    public static string Alerts(MonitoringDefinition definition)
    {
        var catalogue = definition.CreateCatalogue();
        var text = new StringBuilder("# Emitted by llm-metrics monitoring init.\ngroups:\n");
        foreach (var group in definition.RuleGroups.Where(static group => group.Alerts.Count > 0))
        {
            Begin(text, group, group.Name);
            foreach (var alert in group.Alerts)
            {
                text.Append("      - alert: ").Append(alert.Name).Append('\n');
                Append(text, Resolve(alert.Name, alert.Expression, catalogue));
                if (alert.For > TimeSpan.Zero)
                {
                    text.Append("        for: ").Append(PrometheusDuration.Of(alert.For)).Append('\n');
                }

                text.Append("        labels:\n          severity: ").Append(alert.Severity).Append('\n')
                    .Append("        annotations:\n          summary: ").Append(Quote(alert.Summary)).Append('\n')
                    .Append("          description: ").Append(Quote(alert.Description)).Append('\n');
                if (alert.RunbookUrl is { } runbook)
                {
                    text.Append("          runbook_url: ").Append(Quote(runbook)).Append('\n');
                }
            }
        }

        return EmptyOr(text);
    }

    public static string Recordings(MonitoringDefinition definition)
    {
        var catalogue = definition.CreateCatalogue();
        var text = new StringBuilder(
            "# Emitted by llm-metrics monitoring init. Figures over long times, computed once.\ngroups:\n");
        foreach (var group in definition.RuleGroups.Where(static group => group.Recordings.Count > 0))
        {
            Begin(text, group, group.Name + "-recordings");
            foreach (var rule in group.Recordings)
            {
                text.Append("      - record: ").Append(rule.Record).Append('\n');
                Append(text, Resolve(rule.Record, rule.Expression, catalogue));
            }
        }

        return EmptyOr(text);
    }

    private static void Begin(StringBuilder text, RuleGroup group, string name)
    {
        text.Append("  - name: ").Append(name).Append('\n');
        if (group.Interval is { } interval)
        {
            text.Append("    interval: ").Append(PrometheusDuration.Of(interval)).Append('\n');
        }

        text.Append("    rules:\n");
    }

    private static void Append(StringBuilder text, string expression)
    {
        text.Append("        expr: |-\n");
        foreach (var line in expression.Split('\n'))
        {
            text.Append("          ").Append(line).Append('\n');
        }
    }

    private static string EmptyOr(StringBuilder text)
    {
        const string header = "groups:\n";
        var all = text.ToString();
        return all.EndsWith(header, StringComparison.Ordinal) ? all[..^header.Length] + "groups: []\n" : all;
    }

    private static string Resolve(string rule, string expression, MetricCatalogue catalogue)
    {
        try
        {
            return Expression.Resolve(expression, catalogue, string.Empty);
        }
        catch (MonitoringException problem)
        {
            throw new MonitoringException($"rule '{rule}': {problem.Message}");
        }
    }

    // A string of JSON is one of YAML.
    private static string Quote(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
