using System.Diagnostics.Metrics;
using LlmMetrics.Business;

namespace LlmMetrics;

/// <summary>A counter of the app's own, such as questions asked or revenue.</summary>
/// <remarks>Values of its tags are bounded by the cardinality guard; nothing it does throws.</remarks>
public sealed class BusinessCounter
{
    private readonly BusinessInstrument _instrument;

    internal BusinessCounter(BusinessInstrument instrument) => _instrument = instrument;

    /// <summary>Adds to the series with these tag values.</summary>
    /// <param name="value">What to add, 0 or more. Negative and non-finite values are refused and counted.</param>
    /// <param name="tags">Values of the tags in the order of their names; missing or null ones are left out.</param>
    public void Add(double value = 1, params ReadOnlySpan<string?> tags) => _instrument.Apply(value, tags);

    /// <summary>
    /// Makes the series with these tag values exist from the start, at 0, so that <c>increase()</c> sees its first
    /// figure. Without it a series is born with its first figure.
    /// </summary>
    /// <param name="tags">Values of the tags in the order of their names.</param>
    /// <returns>This counter.</returns>
    public BusinessCounter Preset(params ReadOnlySpan<string?> tags)
    {
        _instrument.Preset(tags);
        return this;
    }

    /// <summary>The series with these tag values, to keep: adding to it looks nothing up.</summary>
    /// <param name="tags">Values of the tags in the order of their names.</param>
    /// <returns>The series.</returns>
    public BoundCounter With(params ReadOnlySpan<string?> tags) => new(_instrument.Bind(tags));
}
