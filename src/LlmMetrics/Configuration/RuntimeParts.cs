using System.Diagnostics.Metrics;
using LlmMetrics.Export;
using LlmMetrics.Pricing;
using LlmMetrics.Profiles;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Configuration;

/// <summary>What a runtime is made of, as the builder put it together.</summary>
internal sealed record RuntimeParts(
    LlmMetricsOptions Options, MetricsResource Resource, IMeterFactory MeterFactory, TimeProvider Time, ILogger Logger)
{
    public IReadOnlyList<MetricProfile> Profiles { get; init; } = [MetricProfile.GenAi];

    public IReadOnlyList<TagEnricher> Enrichers { get; init; } = [];

    public IReadOnlyList<ILlmCallObserver> Observers { get; init; } = [];

    public IReadOnlyList<(string Name, IMetricsExporter Exporter, ExportSchedule Schedule)> Exporters { get; init; } =
        [];

    public ITokenEstimator? Estimator { get; init; }

    public IReadOnlyList<IBudgetObserver> BudgetObservers { get; init; } = [];

    public PriceSetup Prices { get; init; } = PriceSetup.Default;
}
