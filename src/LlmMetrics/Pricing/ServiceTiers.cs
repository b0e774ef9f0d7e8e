namespace LlmMetrics.Pricing;

/// <summary>
/// Which service tiers are billed at the ordinary rates. <c>flex</c>, <c>batch</c> and <c>priority</c> cost half to
/// two and a half times as much, so the ordinary rate would be a wrong figure that looks like a right one.
/// </summary>
internal static class ServiceTiers
{
    public const string Standard = "standard";

    private static readonly string[] _standard =
        ["default", Standard, "auto", "on_demand", "on-demand", "ondemand", "standard_only"];

    public static bool IsStandard(string? tier)
    {
        if (string.IsNullOrEmpty(tier))
        {
            return true;
        }

        foreach (var name in _standard)
        {
            if (string.Equals(name, tier, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
