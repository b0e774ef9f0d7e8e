using LlmMetrics;

namespace ContentPipeline.Agents;

/// <summary>Writes articles. The attribute is all that measuring it takes.</summary>
public interface IArticleWriter
{
    /// <summary>Writes one.</summary>
    [Measured("article_writer")]
    Task<string> WriteAsync(string summary, CancellationToken cancellationToken);
}
