namespace LlmMetrics;

/// <summary>What a provider charges for the load.</summary>
public sealed record ProviderCost
{
    /// <summary>Provider, as the price catalogue names it.</summary>
    public required string Provider { get; init; }

    /// <summary>Model, as the price catalogue names it.</summary>
    public required string Model { get; init; }

    /// <summary>Whether it is the planned model; otherwise it is the provider's cheapest for this load.</summary>
    public required bool IsSameModel { get; init; }

    /// <summary>US dollars per user in 30 days, at list prices.</summary>
    public required double UsdPerUserMonth { get; init; }

    /// <summary>
    /// From how many users on owning the GPUs is cheaper; null if it never is up to a million users, or no price of a
    /// GPU was given.
    /// </summary>
    public long? CrossingUsers { get; init; }
}
