using LlmMetrics.Monitoring;

namespace ExpertApi;

/// <summary>Dashboards and alerts of this system: those of the compact profile, at its interval.</summary>
public static class ExpertMonitoring
{
    /// <summary>The definition that <c>llm-metrics monitoring init</c> takes.</summary>
    public static MonitoringDefinition Definition { get; } =
        MonitoringDefinition.Prefixed(ExpertProfile.Prefix, "expert-api") with
        {
            Profiles = [ExpertProfile.Create()],
            Stack = new StackSettings
            {
                MetricsPath = "/api/metrics",
                ScrapeInterval = TimeSpan.FromSeconds(60),
                HasToken = true,
                AppService = "expert-api",
            },
        };
}
