using LlmMetrics.AI.Calls;
using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Images;

/// <summary>Measures the calls of an image generator and hands on everything as it is.</summary>
internal sealed class MeasuredImageGenerator : DelegatingImageGenerator
{
    private readonly MeasuredClient _client;

    public MeasuredImageGenerator(IImageGenerator inner, LlmMetricsRuntime metrics, string? provider)
        : base(inner)
    {
        var who = ClientIdentity.Of(
            metrics,
            provider,
            () => inner.GetService<ImageGeneratorMetadata>(),
            static about => (about.ProviderName, about.ProviderUri, about.DefaultModelId));
        _client = new MeasuredClient(metrics, who, LlmOperation.Image);
    }

    public override Task<ImageGenerationResponse> GenerateAsync(
        ImageGenerationRequest request,
        ImageGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        if (!_client.IsEnabled)
        {
            return base.GenerateAsync(request, options, cancellationToken);
        }

        return _client.AskAsync(
            options?.ModelId, () => base.GenerateAsync(request, options, cancellationToken), Read);
    }

    private static void Read(AnswerNotes notes, ImageGenerationResponse response)
    {
        notes.Images = response.Contents.Count(static content =>
            content is DataContent or UriContent or HostedFileContent);
        notes.Add(response.Usage);
    }
}
