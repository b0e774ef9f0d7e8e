using ContentPipeline.Agents;
using LlmMetrics;

namespace ContentPipeline;

/// <summary>From files to published content.</summary>
public sealed class ContentWorkflow(
    LlmMetricsRuntime metrics, PdfAnalyzer analyzer, IArticleWriter writer, SocialMedia social, IPublisher publisher)
{
    private static readonly double[] _lengths = [500, 1000, 2000, 4000, 8000, 16000];

    private readonly BusinessHistogram _length = metrics.Business.Histogram(
        "content.article.length", _lengths, unit: "{character}", description: "Longueur des articles générés");

    /// <summary>Runs it.</summary>
    /// <exception cref="HttpRequestException">The model did not answer.</exception>
    /// <exception cref="ArgumentException">An article cannot be published.</exception>
    public async Task RunAsync(IEnumerable<SourceFile> files, CancellationToken cancellationToken)
    {
        using var run = metrics.StartWorkflow("content");
        try
        {
            foreach (var file in files)
            {
                var summary = await analyzer.AnalyzeAsync(file, cancellationToken);
                run.Count("files");
                var article = await writer.WriteAsync(summary, cancellationToken);
                run.Count("articles");
                _length.Record(article.Length);
                await social.PostAsync(article, cancellationToken);
                await social.IllustrateAsync(article, cancellationToken);
                await publisher.PublishAsync(article, cancellationToken);
            }
        }
        catch (Exception exception)
        {
            run.Fail(exception);
            throw;
        }
    }
}
