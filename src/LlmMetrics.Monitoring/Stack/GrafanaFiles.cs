namespace LlmMetrics.Monitoring;

/// <summary>Writes Grafana's provisioning.</summary>
internal static class GrafanaFiles
{
    // Apps send over OTLP every minute unless told otherwise, however often Prometheus scrapes.
    private static readonly TimeSpan _otlpInterval = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The interval is that of the samples, so that <c>$__rate_interval</c> holds four of them: Prometheus's are as far
    /// apart as its scrapes, VictoriaMetrics's as the exports of the apps.
    /// </summary>
    public static string DataSources(MonitoringDefinition definition) => $"""
        # Emitted by llm-metrics monitoring init.
        apiVersion: 1
        datasources:
          - name: Prometheus
            uid: prometheus
            type: prometheus
            url: http://prometheus:9090
            access: proxy
            isDefault: true
            editable: false
            jsonData:
              timeInterval: {PrometheusDuration.Of(definition.Stack.ScrapeInterval)}
              httpMethod: POST

          # Answers when the compose profile scale-out runs: many machines that send over OTLP.
          - name: VictoriaMetrics
            uid: victoriametrics
            type: prometheus
            url: http://victoriametrics:8428
            access: proxy
            editable: false
            jsonData:
              timeInterval: {PrometheusDuration.Of(OtlpInterval(definition))}
              httpMethod: POST

        """;

    private static TimeSpan OtlpInterval(MonitoringDefinition definition) =>
        definition.Stack.ScrapeInterval > _otlpInterval ? definition.Stack.ScrapeInterval : _otlpInterval;

    public static string Providers(MonitoringDefinition definition) => $"""
        # Emitted by llm-metrics monitoring init. A dashboard that is added to the folder shows after 30 seconds.
        apiVersion: 1
        providers:
          - name: {definition.Name}
            orgId: 1
            folder: {definition.Name}
            type: file
            disableDeletion: false
            allowUiUpdates: false
            updateIntervalSeconds: 30
            options:
              path: /var/lib/grafana/dashboards

        """;
}
