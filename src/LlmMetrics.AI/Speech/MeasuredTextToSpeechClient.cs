using LlmMetrics.AI.Calls;
using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Speech;

/// <summary>
/// Measures the calls of a client that turns text into speech, and hands on everything as it is. The characters of
/// the text are counted, as code points; the text itself goes nowhere.
/// </summary>
internal sealed class MeasuredTextToSpeechClient : DelegatingTextToSpeechClient
{
    private readonly MeasuredClient _client;

    public MeasuredTextToSpeechClient(ITextToSpeechClient inner, LlmMetricsRuntime metrics, string? provider)
        : base(inner)
    {
        var who = ClientIdentity.Of(
            metrics,
            provider,
            () => inner.GetService<TextToSpeechClientMetadata>(),
            static about => (about.ProviderName, about.ProviderUri, about.DefaultModelId));
        _client = new MeasuredClient(metrics, who, LlmOperation.TextToSpeech);
    }

    public override Task<TextToSpeechResponse> GetAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!_client.IsEnabled)
        {
            return base.GetAudioAsync(text, options, cancellationToken);
        }

        return _client.AskAsync(
            options?.ModelId, () => base.GetAudioAsync(text, options, cancellationToken), Read, Count(text));
    }

    public override IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!_client.IsEnabled)
        {
            return base.GetStreamingAudioAsync(text, options, cancellationToken);
        }

        return _client.Stream(
            options?.ModelId, () => base.GetStreamingAudioAsync(text, options, cancellationToken), Read, Count(text));
    }

    private static long? Count(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var count = 0L;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static void Read(AnswerNotes notes, TextToSpeechResponse response)
    {
        notes.Tell(response.ModelId, response.ResponseId);
        notes.Add(response.Usage);
    }

    private static bool Read(AnswerNotes notes, TextToSpeechResponseUpdate update)
    {
        notes.Tell(update.ModelId, update.ResponseId);
        if (update.Kind == TextToSpeechResponseUpdateKind.SessionClose)
        {
            notes.IsFinished = true;
        }

        return notes.Read(update.Contents);
    }
}
