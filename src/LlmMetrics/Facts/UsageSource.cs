namespace LlmMetrics;

/// <summary>Where token counts come from.</summary>
public enum UsageSource
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>The provider reported them.</summary>
    Provider,

    /// <summary>They were estimated.</summary>
    Estimated,
}
