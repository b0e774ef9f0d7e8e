namespace LlmMetrics.Monitoring;

/// <summary>Where the files of a stack lie.</summary>
public enum MonitoringLayout
{
    /// <summary>
    /// <c>docker-compose.yaml</c> for the app, <c>docker-compose.monitoring.yaml</c> for the stack, the rest under
    /// <c>config/</c>.
    /// </summary>
    Config,

    /// <summary><c>docker-compose.yml</c> for both, the rest under <c>monitoring/</c>.</summary>
    Monitoring,
}
