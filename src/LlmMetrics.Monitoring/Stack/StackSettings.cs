namespace LlmMetrics.Monitoring;

/// <summary>Where an app is, and how the stack around it is set up.</summary>
public sealed record StackSettings
{
    /// <summary>Host and port that Prometheus scrapes, as its container sees them.</summary>
    /// <value><c>host.docker.internal:8000</c>: the machine that the containers run on.</value>
    public string Target { get; init; } = "host.docker.internal:8000";

    /// <summary>Path of the metrics.</summary>
    /// <value><c>/metrics</c>.</value>
    public string MetricsPath { get; init; } = "/metrics";

    /// <summary>How often Prometheus scrapes; Grafana's <c>$__rate_interval</c> is at least four times this.</summary>
    /// <value>15 seconds.</value>
    public TimeSpan ScrapeInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether the metrics ask for a bearer token. It is then read from a file.</summary>
    /// <value>False.</value>
    public bool HasToken { get; init; }

    /// <summary>Name of the app's own service and container.</summary>
    /// <value><c>app</c>.</value>
    public string AppService { get; init; } = "app";

    /// <summary>Ports that the app's service publishes.</summary>
    /// <value>8000.</value>
    public IReadOnlyList<int> AppPorts { get; init; } = [8000];

    /// <summary>Port of the host at which Prometheus answers.</summary>
    /// <value>9090.</value>
    public int PrometheusPort { get; init; } = 9090;

    /// <summary>Grafana's first password of <c>admin</c>, unless <c>GRAFANA_PASSWORD</c> is set.</summary>
    /// <value><c>admin</c>: change it at once.</value>
    public string GrafanaPassword { get; init; } = "admin";
}
