using System.Globalization;

namespace LlmMetrics.Monitoring;

/// <summary>Writes the compose files. What people look at answers on loopback only.</summary>
internal static class ComposeFiles
{
    public static IEnumerable<MonitoringFile> Of(
        MonitoringDefinition definition, MonitoringLayout layout, string folder)
    {
        var network = definition.Name + "-network";
        if (layout == MonitoringLayout.Config)
        {
            var networks = $"networks:\n  {network}:\n    name: {network}\n    external: true\n";
            yield return new("docker-compose.yaml", Header + "services:\n" + App(definition) + "\n" + networks);
            yield return new(
                "docker-compose.monitoring.yaml",
                Header + "services:\n" + Services(definition, folder) + "\n" + Volumes + "\n" + networks);
        }
        else
        {
            var networks = $"networks:\n  {network}:\n    name: {network}\n";
            yield return new(
                "docker-compose.yml",
                Header + "services:\n" + App(definition) + "\n" + Services(definition, folder) + "\n" + Volumes + "\n"
                + networks);
        }
    }

    private const string Header = "# Emitted by llm-metrics monitoring init.\n";

    private const string Volumes = """
        volumes:
          prometheus_data:
          alertmanager_data:
          grafana_data:
          victoriametrics_data:

        """;

    private static string App(MonitoringDefinition definition)
    {
        var stack = definition.Stack;
        var ports = string.Join(", ", stack.AppPorts.Select(static port =>
            string.Create(CultureInfo.InvariantCulture, $"'{port}:{port}'")));
        return $$"""
              # Your app: set APP_IMAGE, or put a build section in place of the image.
              {{stack.AppService}}:
                image: ${APP_IMAGE:-{{stack.AppService}}:latest}
                container_name: {{stack.AppService}}
                restart: unless-stopped
                ports: [{{ports}}]
                networks: [{{definition.Name}}-network]

            """;
    }

    private static string Services(MonitoringDefinition definition, string folder) =>
        Prometheus(definition, folder) + "\n" + Alertmanager(definition, folder) + "\n"
        + Grafana(definition, folder) + "\n" + ScaleOut(definition, folder);

    private static string Prometheus(MonitoringDefinition definition, string folder) => $"""
          prometheus:
            image: prom/prometheus:v3.5.0
            container_name: {definition.Name}-prometheus
            restart: unless-stopped
            command:
              - --config.file=/etc/prometheus/prometheus.yml
              - --storage.tsdb.path=/prometheus
              - --storage.tsdb.retention.time=30d
              - --web.enable-lifecycle
            ports: ['127.0.0.1:{definition.Stack.PrometheusPort.ToString(CultureInfo.InvariantCulture)}:9090']
            extra_hosts: ['host.docker.internal:host-gateway']
            volumes:
              - ./{folder}/prometheus:/etc/prometheus:ro
              - prometheus_data:/prometheus
            networks: [{definition.Name}-network]

        """;

    private static string Alertmanager(MonitoringDefinition definition, string folder) => $"""
          alertmanager:
            image: prom/alertmanager:v0.28.1
            container_name: {definition.Name}-alertmanager
            restart: unless-stopped
            command:
              - --config.file=/etc/alertmanager/alertmanager.yml
              - --storage.path=/alertmanager
            ports: ['127.0.0.1:9093:9093']
            volumes:
              - ./{folder}/alertmanager:/etc/alertmanager:ro
              - alertmanager_data:/alertmanager
            networks: [{definition.Name}-network]

        """;

    private static string Grafana(MonitoringDefinition definition, string folder) => $$"""
          grafana:
            image: grafana/grafana:12.1.0
            container_name: {{definition.Name}}-grafana
            restart: unless-stopped
            environment:
              GF_SECURITY_ADMIN_USER: admin
              GF_SECURITY_ADMIN_PASSWORD: ${GRAFANA_PASSWORD:-{{definition.Stack.GrafanaPassword}}}
              GF_ANALYTICS_REPORTING_ENABLED: 'false'
            ports: ['127.0.0.1:3000:3000']
            volumes:
              - ./{{folder}}/grafana/provisioning:/etc/grafana/provisioning:ro
              - ./{{folder}}/grafana/dashboards:/var/lib/grafana/dashboards:ro
              - grafana_data:/var/lib/grafana
            depends_on: [prometheus]
            networks: [{{definition.Name}}-network]

        """;

    /// <summary>For more than one machine: apps send OTLP to the collector, VictoriaMetrics keeps the series.</summary>
    private static string ScaleOut(MonitoringDefinition definition, string folder) => $"""
          # docker compose --profile scale-out …
          otel-collector:
            profiles: [scale-out]
            image: otel/opentelemetry-collector-contrib:0.130.1
            container_name: {definition.Name}-otel-collector
            restart: unless-stopped
            command: ['--config=/etc/otel-collector/otel-collector.yml']
            ports: ['4317:4317', '4318:4318']
            volumes:
              - ./{folder}/otel-collector:/etc/otel-collector:ro
            depends_on: [victoriametrics]
            networks: [{definition.Name}-network]

          victoriametrics:
            profiles: [scale-out]
            image: victoriametrics/victoria-metrics:v1.122.0
            container_name: {definition.Name}-victoriametrics
            restart: unless-stopped
            command:
              - -storageDataPath=/victoria-metrics-data
              - -retentionPeriod=12
              - -opentelemetry.usePrometheusNaming=true
            ports: ['127.0.0.1:8428:8428']
            volumes:
              - victoriametrics_data:/victoria-metrics-data
            networks: [{definition.Name}-network]

        """;
}
