namespace LlmMetrics.Monitoring;

/// <summary>Emits the files of a monitoring stack.</summary>
public static class MonitoringFiles
{
    /// <summary>
    /// Emits a compose file, the configuration of Prometheus, Alertmanager, Grafana and an OpenTelemetry Collector,
    /// the rules, and the dashboards.
    /// </summary>
    /// <param name="definition">What to monitor.</param>
    /// <param name="layout">Where the files lie.</param>
    /// <returns>The files, in a stable order.</returns>
    /// <exception cref="MonitoringException">
    /// A dashboard or rule names a metric or label that there is not; the message names both.
    /// </exception>
    public static IReadOnlyList<MonitoringFile> Emit(MonitoringDefinition definition, MonitoringLayout layout)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var folder = layout == MonitoringLayout.Config ? "config" : "monitoring";
        var files = new List<MonitoringFile>(
        [
            .. ComposeFiles.Of(definition, layout, folder),
            new($"{folder}/prometheus/prometheus.yml", PrometheusFiles.Configuration(definition)),
            new($"{folder}/prometheus/alerts.yml", RuleFiles.Alerts(definition)),
            new($"{folder}/prometheus/recording-rules.yml", RuleFiles.Recordings(definition)),
            new($"{folder}/prometheus/grafana-cloud.yml", PrometheusFiles.GrafanaCloud(definition)),
            new($"{folder}/alertmanager/alertmanager.yml", AlertmanagerFile.Of(definition)),
            new($"{folder}/otel-collector/otel-collector.yml", CollectorFile.Text),
            new($"{folder}/grafana/provisioning/datasources/prometheus.yml", GrafanaFiles.DataSources(definition)),
            new($"{folder}/grafana/provisioning/dashboards/dashboards.yml", GrafanaFiles.Providers(definition)),
        ]);
        if (definition.Stack.HasToken)
        {
            files.Add(new($"{folder}/prometheus/metrics-token", "put-the-token-of-your-app-here"));
        }

        files.AddRange(EmitDashboards(definition)
            .Select(file => file with { Path = $"{folder}/grafana/dashboards/{file.Path}" }));
        return files;
    }

    /// <summary>Emits the dashboards alone, for a Grafana that is there already.</summary>
    /// <param name="definition">What to monitor.</param>
    /// <returns>The files; each is called after its dashboard's identifier.</returns>
    /// <exception cref="MonitoringException">
    /// A dashboard names a metric or label that there is not; the message names both.
    /// </exception>
    public static IReadOnlyList<MonitoringFile> EmitDashboards(MonitoringDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var catalogue = definition.CreateCatalogue();
        return
        [
            .. definition.Dashboards.Select(dashboard =>
                new MonitoringFile($"{dashboard.Uid}.json", DashboardJson.Write(dashboard, definition, catalogue))),
        ];
    }
}
