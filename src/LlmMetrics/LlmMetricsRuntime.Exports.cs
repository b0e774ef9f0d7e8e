namespace LlmMetrics;

/// <content>How the exporters fare.</content>
public sealed partial class LlmMetricsRuntime
{
    /// <summary>How long ago each exporter succeeded last, or was started.</summary>
    internal IEnumerable<(string Name, TimeSpan Age, ExportSchedule Schedule)> ExportAges() => _exports.Ages();
}
