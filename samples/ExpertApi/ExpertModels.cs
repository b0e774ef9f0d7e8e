using System.ClientModel;
using System.ClientModel.Primitives;
using DemoKit;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Chat;

namespace ExpertApi;

/// <summary>The language models, through the official client. Nothing here measures: its HttpClient does.</summary>
public sealed class ExpertModels(HttpClient http, ProviderSettings provider)
{
    private const string Instructions = "Answer in the language of the question, in three sentences.";

    // Who tries again, and when, is decided by the user: a failed answer is shown as such.
    private readonly OpenAIClient _client = new(
        new ApiKeyCredential(provider.ApiKey),
        new OpenAIClientOptions
        {
            Endpoint = provider.BaseUrl,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        });

    /// <summary>Answers a question with what was found.</summary>
    public async Task<string> AnswerAsync(
        Question question, IEnumerable<string> passages, CancellationToken cancellationToken)
    {
        var answer = await _client.GetChatClient(question.Model).CompleteChatAsync(
            [
                new SystemChatMessage($"{Instructions}\n{string.Join('\n', passages)}"),
                new UserChatMessage(question.Text),
            ],
            options: null,
            cancellationToken);
        return answer.Value.Content[0].Text;
    }

    /// <summary>Makes a text comparable.</summary>
    public Task EmbedAsync(string text, CancellationToken cancellationToken) =>
        _client.GetEmbeddingClient("text-embedding-3-small").GenerateEmbeddingAsync(text, null, cancellationToken);

    /// <summary>Speaks a text.</summary>
    public async Task<BinaryData> SpeakAsync(string text, CancellationToken cancellationToken)
    {
        var speech = await _client.GetAudioClient("tts-1").GenerateSpeechAsync(
            text, GeneratedSpeechVoice.Alloy, options: null, cancellationToken);
        return speech.Value;
    }

    /// <summary>Streams the answer of a voice session, word by word.</summary>
    public async IAsyncEnumerable<string> TalkAsync(
        string text, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in _client.GetChatClient("gpt-4o-mini-realtime-preview")
            .CompleteChatStreamingAsync([new UserChatMessage(text)], options: null, cancellationToken))
        {
            foreach (var part in update.ContentUpdate)
            {
                yield return part.Text;
            }
        }
    }
}
