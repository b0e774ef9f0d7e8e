namespace ContentPipeline;

/// <summary>Stands for a content management system that refuses what is too long.</summary>
public sealed class Publisher : IPublisher
{
    private const int MaxLength = 600;

    /// <inheritdoc/>
    public async Task PublishAsync(string article, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
        if (article.Length > MaxLength)
        {
            throw new ArgumentException($"The article is longer than {MaxLength} characters.", nameof(article));
        }
    }
}
