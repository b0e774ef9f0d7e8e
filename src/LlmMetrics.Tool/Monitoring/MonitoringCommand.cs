using System.CommandLine;

namespace LlmMetrics.Tool.Monitoring;

/// <summary><c>llm-metrics monitoring</c>: dashboards, rules and the stack around them.</summary>
internal static class MonitoringCommand
{
    public static Command Create(ToolConsole console)
    {
        var command = new Command("monitoring", "Grafana dashboards, Prometheus rules and the stack around them.");
        command.Subcommands.Add(MonitoringInit.Create(console));
        return command;
    }
}
