using LlmMetrics.Business;

namespace LlmMetrics;

/// <summary>A gauge of the app's own, such as the number of open sessions.</summary>
/// <remarks>Values of its tags are bounded by the cardinality guard; nothing it does throws.</remarks>
public sealed class BusinessGauge
{
    private readonly BusinessInstrument _instrument;

    internal BusinessGauge(BusinessInstrument instrument) => _instrument = instrument;

    /// <summary>Sets the series with these tag values.</summary>
    /// <param name="value">The value. Non-finite values are refused and counted.</param>
    /// <param name="tags">Values of the tags in the order of their names; missing or null ones are left out.</param>
    public void Set(double value, params ReadOnlySpan<string?> tags) => _instrument.Apply(value, tags);
}
