using LlmMetrics.Business;

namespace LlmMetrics;

/// <summary>A histogram of the app's own, such as the length of an article.</summary>
/// <remarks>Values of its tags are bounded by the cardinality guard; nothing it does throws.</remarks>
public sealed class BusinessHistogram
{
    private readonly BusinessInstrument _instrument;

    internal BusinessHistogram(BusinessInstrument instrument) => _instrument = instrument;

    /// <summary>Records a value in the series with these tag values.</summary>
    /// <param name="value">The value, 0 or more. Negative and non-finite values are refused and counted.</param>
    /// <param name="tags">Values of the tags in the order of their names; missing or null ones are left out.</param>
    public void Record(double value, params ReadOnlySpan<string?> tags) => _instrument.Apply(value, tags);

    /// <summary>The series with these tag values, to keep: recording in it looks nothing up.</summary>
    /// <param name="tags">Values of the tags in the order of their names.</param>
    /// <returns>The series.</returns>
    public BoundHistogram With(params ReadOnlySpan<string?> tags) => new(_instrument.Bind(tags));
}
