using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Tests;

/// <summary>Embeds everything in one dimension.</summary>
internal sealed class FakeGenerator(long tokens) : IEmbeddingGenerator<string, Embedding<float>>
{
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(
            values.Select(static _ => new Embedding<float>(new float[1]) { ModelId = "embed-1" }))
        {
            Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens },
        });

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata)
            ? new EmbeddingGeneratorMetadata("acme", new Uri("http://127.0.0.1:9/"), "embed")
            : null;

    public void Dispose()
    {
        // Holds nothing.
    }
}
