using System.Text.Json;

namespace BrowserAgent;

/// <summary>A node with OpenAI's interface. Nothing here measures: its HttpClient does.</summary>
public sealed class GaianetNode(HttpClient http, IConfiguration configuration)
{
    /// <summary>Answers a question with the large model.</summary>
    /// <exception cref="HttpRequestException">The node did not answer.</exception>
    public Task<string> AnswerAsync(string question, CancellationToken cancellationToken) =>
        ChatAsync(configuration["GAIANET_TEXT_MODEL_LARGE"] ?? "llama", question, cancellationToken);

    /// <summary>Sums up a page with the small model, and remembers it by its embedding.</summary>
    /// <exception cref="HttpRequestException">The node did not answer.</exception>
    public async Task<string> ReadAsync(string page, CancellationToken cancellationToken)
    {
        var model = configuration["GAIANET_EMBEDDINGS_MODEL"] ?? "nomic-embed-text-v1.5";
        using var embedded = await http.PostAsJsonAsync(
            new Uri("embeddings", UriKind.Relative), new { model, input = page }, cancellationToken);
        embedded.EnsureSuccessStatusCode();
        await embedded.Content.ReadAsByteArrayAsync(cancellationToken);
        return await ChatAsync(
            configuration["GAIANET_TEXT_MODEL_SMALL"] ?? "llama", $"Sum up: {page}", cancellationToken);
    }

    private async Task<string> ChatAsync(string model, string question, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(
            new Uri("chat/completions", UriKind.Relative),
            new { model, messages = new[] { new { role = "user", content = question } } },
            cancellationToken);
        answer.EnsureSuccessStatusCode();
        using var body = await JsonDocument.ParseAsync(
            await answer.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
        return body.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }
}
