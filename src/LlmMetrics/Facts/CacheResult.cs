namespace LlmMetrics;

/// <summary>What the app's own cache (not the provider's) did for a call.</summary>
public enum CacheResult
{
    /// <summary>No cache was asked.</summary>
    None,

    /// <summary>The cache answered.</summary>
    Hit,

    /// <summary>The cache was asked and had no answer.</summary>
    Miss,
}
