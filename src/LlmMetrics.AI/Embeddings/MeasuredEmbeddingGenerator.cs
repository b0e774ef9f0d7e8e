using LlmMetrics.AI.Calls;
using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Embeddings;

/// <summary>Measures the calls of an embedding generator and hands on everything as it is.</summary>
internal sealed class MeasuredEmbeddingGenerator<TInput, TEmbedding> : DelegatingEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly MeasuredClient _client;

    public MeasuredEmbeddingGenerator(
        IEmbeddingGenerator<TInput, TEmbedding> inner, LlmMetricsRuntime metrics, string? provider)
        : base(inner)
    {
        var who = ClientIdentity.Of(
            metrics,
            provider,
            () => inner.GetService<EmbeddingGeneratorMetadata>(),
            static about => (about.ProviderName, about.ProviderUri, about.DefaultModelId));
        _client = new MeasuredClient(metrics, who, LlmOperation.Embeddings);
    }

    public override Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        if (!_client.IsEnabled)
        {
            return base.GenerateAsync(values, options, cancellationToken);
        }

        return _client.AskAsync(
            options?.ModelId, () => base.GenerateAsync(values, options, cancellationToken), Read);
    }

    private static void Read(AnswerNotes notes, GeneratedEmbeddings<TEmbedding> embeddings)
    {
        notes.Tell(embeddings.Count > 0 ? embeddings[0].ModelId : null, responseId: null);
        notes.Add(embeddings.Usage);
    }
}
