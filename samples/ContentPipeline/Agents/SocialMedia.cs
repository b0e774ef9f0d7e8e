using LlmMetrics;

namespace ContentPipeline.Agents;

/// <summary>Makes posts and pictures of an article.</summary>
public sealed class SocialMedia(LlmMetricsRuntime metrics, PipelineModel model)
{
    private const int PostsPerArticle = 3;

    /// <summary>Writes posts.</summary>
    public async Task PostAsync(string article, CancellationToken cancellationToken)
    {
        using var run = metrics.StartAgent("social_media");
        try
        {
            await model.AskAsync("gpt-4o-mini", $"Three posts about: {article}", cancellationToken);
            run.Count("social_posts", PostsPerArticle);
        }
        catch (Exception exception)
        {
            run.Fail(exception);
            throw;
        }
    }

    /// <summary>Describes a picture.</summary>
    public async Task IllustrateAsync(string article, CancellationToken cancellationToken)
    {
        using var run = metrics.StartAgent("visual_creator");
        try
        {
            await model.AskAsync("gpt-4o-mini", $"A picture of: {article}", cancellationToken);
            run.Count("visuals");
        }
        catch (Exception exception)
        {
            run.Fail(exception);
            throw;
        }
    }
}
