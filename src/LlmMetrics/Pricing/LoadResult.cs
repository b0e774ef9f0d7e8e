namespace LlmMetrics.Pricing;

/// <summary>Why a price file cannot be used: values of a self-metric's reason.</summary>
internal static class LoadResult
{
    public const string Broken = "broken";
    public const string Unreadable = "unreadable";
}
