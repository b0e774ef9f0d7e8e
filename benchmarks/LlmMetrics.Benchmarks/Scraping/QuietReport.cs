using LlmMetrics.Exposition;

namespace LlmMetrics.Benchmarks.Scraping;

/// <summary>Nothing is left out in benchmarks, so there is nobody to tell.</summary>
internal sealed class QuietReport : IExpositionReport
{
    public void NameConflict(MetricDescriptor descriptor, string name) => throw new InvalidOperationException(name);

    public void DuplicateSeries(MetricDescriptor descriptor, string name, bool first) =>
        throw new InvalidOperationException(name);

    public void IllegalValue() => throw new InvalidOperationException("A value cannot be shown.");
}
