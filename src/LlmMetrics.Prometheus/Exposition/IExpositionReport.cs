namespace LlmMetrics.Exposition;

/// <summary>Is told what an exposition leaves out.</summary>
internal interface IExpositionReport
{
    /// <summary>A metric cannot share the family that has its name.</summary>
    void NameConflict(MetricDescriptor descriptor, string name);

    /// <summary>A series has the labels of another one of its family.</summary>
    void DuplicateSeries(MetricDescriptor descriptor, string name, bool first);

    /// <summary>A counter's value is negative or no number.</summary>
    void IllegalValue();
}
