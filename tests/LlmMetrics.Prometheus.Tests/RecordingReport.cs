using LlmMetrics.Exposition;

namespace LlmMetrics.Tests;

/// <summary>Remembers what an exposition left out.</summary>
internal sealed class RecordingReport : IExpositionReport
{
    public List<string> Conflicts { get; } = [];

    public List<string> Duplicates { get; } = [];

    public int FirstDuplicates { get; private set; }

    public int IllegalValues { get; private set; }

    public void NameConflict(MetricDescriptor descriptor, string name) => Conflicts.Add(name);

    public void DuplicateSeries(MetricDescriptor descriptor, string name, bool first)
    {
        Duplicates.Add(name);
        FirstDuplicates += first ? 1 : 0;
    }

    public void IllegalValue() => IllegalValues++;
}
