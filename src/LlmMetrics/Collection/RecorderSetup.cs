using LlmMetrics.Budgets;
using LlmMetrics.Pricing;
using LlmMetrics.Profiles;

namespace LlmMetrics.Collection;

/// <summary>What a recorder is made of.</summary>
internal sealed record RecorderSetup(
    InstrumentRegistry Registry,
    LlmMetricsOptions Options,
    SelfDiagnostics Diagnostics,
    TimeProvider Time,
    CallPricing Pricing)
{
    public IReadOnlyList<MetricProfile> Profiles { get; init; } = [MetricProfile.GenAi];

    public IReadOnlyList<TagEnricher> Enrichers { get; init; } = [];

    public BudgetBook? Budgets { get; init; }

    public IReadOnlyList<ILlmCallObserver> Observers { get; init; } = [];
}
