namespace LlmMetrics;

/// <summary>Where a cost comes from.</summary>
public enum CostSource
{
    /// <summary>
    /// There is none: the model has no price or the usage is unknown. Never the same as a cost of zero.
    /// </summary>
    None,

    /// <summary>The provider or the caller gave it.</summary>
    Provider,

    /// <summary>It was computed from the price catalogue.</summary>
    Catalogue,

    /// <summary>It was computed from the price catalogue, for tokens that were estimated.</summary>
    Estimated,
}
