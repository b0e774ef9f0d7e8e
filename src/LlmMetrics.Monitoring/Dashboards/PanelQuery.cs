namespace LlmMetrics.Monitoring;

/// <summary>A query of a panel.</summary>
/// <param name="Expression">
/// PromQL in which metrics stand by the names of their instruments: <c>sum(rate($(shop.llm.calls)[5m]))</c>,
/// <c>$(shop.llm.request.duration)_bucket</c>. They become names of Prometheus and are limited to the chosen job and
/// instance.
/// </param>
/// <param name="Legend">Grafana's legend format, such as <c>{{model}}</c>.</param>
/// <param name="IsInstant">Whether only the latest value is asked for; else a range.</param>
public sealed record PanelQuery(string Expression, string Legend = "", bool IsInstant = false)
{
    /// <summary>A unit of Grafana where it is not the panel's.</summary>
    public string? Unit { get; init; }
}
