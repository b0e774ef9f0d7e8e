using LlmMetrics.Workload.Checks;
using LlmMetrics.Workload.Exposition;

namespace LlmMetrics;

/// <summary>
/// Looks over what an endpoint exposes: its format, its cardinality, what is missing, what has no price.
/// </summary>
public static class EndpointCheck
{
    /// <summary>Checks a page.</summary>
    /// <param name="page">Its text, in the Prometheus text format or OpenMetrics.</param>
    /// <param name="options">What it is checked against.</param>
    /// <returns>The findings, by rule and line; none if all is well.</returns>
    /// <exception cref="WorkloadException">The profile is not known.</exception>
    public static IReadOnlyList<CheckFinding> Run(string page, CheckOptions options)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(options);
        var parsed = ExpositionParser.Parse(page);
        return
        [
            .. FormatCheck.Run(parsed),
            .. CardinalityCheck.Run(parsed, options),
            .. ContentCheck.Run(parsed, options),
        ];
    }
}
