namespace LlmMetrics.Database;

/// <summary>Something that stands in front of an object of a driver.</summary>
internal interface IDbWrapper
{
    /// <summary>The driver's object.</summary>
    object Inner { get; }
}
