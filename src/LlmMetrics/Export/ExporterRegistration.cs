namespace LlmMetrics.Export;

/// <summary>An exporter that was added to the builder.</summary>
internal sealed record ExporterRegistration(
    string Name,
    Func<IServiceProvider, IMetricsExporter> Create,
    Func<IServiceProvider, ExportSchedule> Schedule);
