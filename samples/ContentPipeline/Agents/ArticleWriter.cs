namespace ContentPipeline.Agents;

/// <summary>Writes articles with a model.</summary>
public sealed class ArticleWriter(PipelineModel model) : IArticleWriter
{
    /// <inheritdoc/>
    public Task<string> WriteAsync(string summary, CancellationToken cancellationToken) =>
        model.AskAsync("gpt-4o", $"Write an article: {summary}", cancellationToken);
}
