using LlmMetrics.Pricing;

namespace LlmMetrics.Llm;

/// <summary>
/// The service tier that an answer tells, in one vocabulary. A speed that has prices of its own is a tier like others.
/// </summary>
internal static class ServedTier
{
    private const string StandardSpeed = ServiceTiers.Standard;

    public static string? Of(FieldCapture capture) =>
        Of(capture.String(LlmField.ServiceTier), capture.String(LlmField.Speed));

    /// <summary>A commitment such as <c>priority</c> says more of the price than the speed does.</summary>
    public static string? Of(string? told, string? speed)
    {
        var tier = Common(told);
        return speed is not (null or StandardSpeed) && ServiceTiers.IsStandard(tier) ? speed : tier;
    }

    /// <summary>What Vertex AI calls the traffic (API reference of 2026-11), in the words of the others.</summary>
    private static string? Common(string? told) => told switch
    {
        "ON_DEMAND" => "on_demand",
        "ON_DEMAND_FLEX" => "flex",
        "ON_DEMAND_PRIORITY" => "priority",
        "PROVISIONED_THROUGHPUT" => "provisioned_throughput",
        "TRAFFIC_TYPE_UNSPECIFIED" or "unspecified" => null,
        _ => told,
    };
}
