namespace LlmMetrics.Monitoring.Tests.Tool;

/// <summary>What an app gives to the command whose dashboards ask for a metric that its profile lacks.</summary>
public static class MissingMetric
{
    public static MonitoringDefinition Definition =>
        MonitoringDefinition.GenAi() with { Profiles = [MetricProfile.Prefixed("shop")] };
}
