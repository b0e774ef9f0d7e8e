using System.Text.Json;
using LlmMetrics;

namespace Voicebot;

/// <summary>One turn: what was said, what it means, what to answer. Nothing here measures: the clients do.</summary>
public sealed class Conversation(IHttpClientFactory clients, SpeechCache speech, LlmMetricsRuntime metrics)
{
    private const string Model = "llama-3.1-70b-versatile";

    private static readonly string[] _phrases =
    [
        "Bonjour, vous êtes bien au service technique. Que puis-je pour vous ?",
        "Pouvez-vous redémarrer votre box et patienter une minute ?",
        "Un instant, je vérifie votre ligne.",
        "Votre ticket est ouvert, un technicien vous rappellera.",
    ];

    /// <summary>Answers what was said.</summary>
    /// <param name="recording">The caller's words, as WAV.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer, spoken.</returns>
    /// <exception cref="HttpRequestException">A provider did not answer.</exception>
    public async Task<byte[]> AnswerAsync(byte[] recording, PhoneCall call, CancellationToken cancellationToken)
    {
        var words = await TranscribeAsync(recording, cancellationToken);
        var advice = await UnderstandAsync(words, call.Problem, cancellationToken);
        call.Turns++;

        // Most of what a service says, it has said before.
        var text = call.Turns % 3 == 0 ? advice : _phrases[call.Turns % _phrases.Length];
        return await speech.SpeakAsync(text, cancellationToken);
    }

    private async Task<string> TranscribeAsync(byte[] recording, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(recording);
        content.Headers.ContentType = new("audio/wav");
        using var answer = await clients.CreateClient("deepgram").PostAsync(
            new Uri("v1/listen?model=nova-3&language=fr", UriKind.Relative), content, cancellationToken);
        using var body = await ReadAsync(answer, cancellationToken);
        return body.RootElement.GetProperty("results").GetProperty("channels")[0]
            .GetProperty("alternatives")[0].GetProperty("transcript").GetString()!;
    }

    private async Task<string> UnderstandAsync(string words, string problem, CancellationToken cancellationToken)
    {
        using var scope = metrics.BeginScope(task: "understanding");
        using var answer = await clients.CreateClient("groq").PostAsJsonAsync(
            new Uri("chat/completions", UriKind.Relative),
            new
            {
                model = Model,
                max_tokens = 40,
                messages = new[]
                {
                    new { role = "system", content = $"You help with {problem} problems. Answer in one sentence." },
                    new { role = "user", content = words },
                },
            },
            cancellationToken);
        using var body = await ReadAsync(answer, cancellationToken);
        return body.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    private static async Task<JsonDocument> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        answer.EnsureSuccessStatusCode();
        return await JsonDocument.ParseAsync(
            await answer.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
    }
}
