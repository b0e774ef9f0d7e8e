namespace LlmMetrics.Monitoring;

/// <summary>Writes Prometheus's configuration.</summary>
internal static class PrometheusFiles
{
    public static string Configuration(MonitoringDefinition definition)
    {
        var interval = PrometheusDuration.Of(definition.Stack.ScrapeInterval);
        return $"""
            # Emitted by llm-metrics monitoring init.
            global:
              scrape_interval: {interval}
              evaluation_interval: {interval}

            rule_files:
              - recording-rules.yml
              - alerts.yml

            alerting:
              alertmanagers:
                - static_configs:
                    - targets: ['alertmanager:9093']

            scrape_configs:
            {Jobs(definition)}  - job_name: 'prometheus'
                static_configs:
                  - targets: ['localhost:9090']

              # Further apps:
              # - job_name: 'my-service'
              #   static_configs:
              #     - targets: ['my-service:8080']

            """;
    }

    /// <summary>For a Prometheus of one's own that sends on to Grafana Cloud what it scrapes.</summary>
    public static string GrafanaCloud(MonitoringDefinition definition) => $"""
        # Emitted by llm-metrics monitoring init. For a Prometheus (also with --agent) that sends to Grafana Cloud.
        # Write address, user and key of your stack's page "Prometheus" into it. The free tier takes 10,000 series.
        global:
          scrape_interval: 60s
          external_labels:
            origin: {definition.Name}

        scrape_configs:
        {Jobs(definition)}
        remote_write:
          - url: https://YOUR-PROMETHEUS-ENDPOINT/api/prom/push
            basic_auth:
              username: YOUR-INSTANCE-ID
              password_file: grafana-cloud-key

        """;

    private static string Jobs(MonitoringDefinition definition)
    {
        var stack = definition.Stack;
        var token = stack.HasToken ? "    authorization:\n      credentials_file: metrics-token\n" : string.Empty;
        return $"  - job_name: '{definition.Job}'\n    metrics_path: {stack.MetricsPath}\n{token}"
            + $"    static_configs:\n      - targets: ['{stack.Target}']\n\n";
    }
}
