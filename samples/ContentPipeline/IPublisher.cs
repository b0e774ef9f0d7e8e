using LlmMetrics;

namespace ContentPipeline;

/// <summary>A function that is no agent, measured by the attribute too.</summary>
public interface IPublisher
{
    /// <summary>Publishes an article.</summary>
    [Measured("publish_article", Kind = MeasuredKind.Function)]
    Task PublishAsync(string article, CancellationToken cancellationToken);
}
