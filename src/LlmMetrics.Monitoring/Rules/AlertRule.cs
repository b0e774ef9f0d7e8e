namespace LlmMetrics.Monitoring;

/// <summary>A Prometheus alert.</summary>
/// <param name="Name">Its name, such as <c>HighLLMErrorRate</c>.</param>
/// <param name="Expression">PromQL with the names of instruments, as in <see cref="PanelQuery.Expression"/>.</param>
/// <param name="For">How long it must hold.</param>
/// <param name="Severity"><c>critical</c> or <c>warning</c>.</param>
/// <param name="Summary">One line for who is called.</param>
/// <param name="Description">What it means and what to do; may contain Prometheus templates.</param>
public sealed record AlertRule(
    string Name, string Expression, TimeSpan For, string Severity, string Summary, string Description)
{
    /// <summary>Address of a page that says what to do; null if there is none.</summary>
    public string? RunbookUrl { get; init; }
}
