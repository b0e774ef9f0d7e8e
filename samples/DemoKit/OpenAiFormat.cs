using System.Net.Http.Json;
using System.Text.Json;

namespace DemoKit;

/// <summary>OpenAI's chat format over a plain HttpClient. Nothing here measures: the client's handler does.</summary>
public static class OpenAiFormat
{
    /// <summary>Asks a model one question.</summary>
    /// <param name="client">A client whose base address is the API's.</param>
    /// <param name="model">The model.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpRequestException">It did not answer.</exception>
    public static async Task<string> AskAsync(
        this HttpClient client, string model, string question, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync(
            new Uri("chat/completions", UriKind.Relative),
            new { model, messages = new[] { new { role = "user", content = question } } },
            cancellationToken);
        answer.EnsureSuccessStatusCode();
        using var body = await JsonDocument.ParseAsync(
            await answer.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
        return body.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }
}
