using LlmMetrics.AI.Calls;
using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Speech;

/// <summary>Measures the calls of a client that turns speech into text, and hands on everything as it is.</summary>
internal sealed class MeasuredSpeechToTextClient : DelegatingSpeechToTextClient
{
    private readonly MeasuredClient _client;

    public MeasuredSpeechToTextClient(ISpeechToTextClient inner, LlmMetricsRuntime metrics, string? provider)
        : base(inner)
    {
        var who = ClientIdentity.Of(
            metrics,
            provider,
            () => inner.GetService<SpeechToTextClientMetadata>(),
            static about => (about.ProviderName, about.ProviderUri, about.DefaultModelId));
        _client = new MeasuredClient(metrics, who, LlmOperation.SpeechToText);
    }

    public override Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!_client.IsEnabled)
        {
            return base.GetTextAsync(audioSpeechStream, options, cancellationToken);
        }

        return _client.AskAsync(
            options?.ModelId, () => base.GetTextAsync(audioSpeechStream, options, cancellationToken), Read);
    }

    public override IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!_client.IsEnabled)
        {
            return base.GetStreamingTextAsync(audioSpeechStream, options, cancellationToken);
        }

        return _client.Stream(
            options?.ModelId, () => base.GetStreamingTextAsync(audioSpeechStream, options, cancellationToken), Read);
    }

    private static void Read(AnswerNotes notes, SpeechToTextResponse response)
    {
        notes.Tell(response.ModelId, response.ResponseId);
        notes.Add(response.Usage);
    }

    private static bool Read(AnswerNotes notes, SpeechToTextResponseUpdate update)
    {
        notes.Tell(update.ModelId, update.ResponseId);
        if (update.Kind == SpeechToTextResponseUpdateKind.SessionClose)
        {
            notes.IsFinished = true;
        }

        return notes.Read(update.Contents);
    }
}
