using DemoKit;

namespace BrowserAgent;

/// <summary>A node with OpenAI's interface. Nothing here measures: its HttpClient does.</summary>
public sealed class GaianetNode(HttpClient http, IConfiguration configuration)
{
    /// <summary>Answers a question with the large model.</summary>
    /// <exception cref="HttpRequestException">The node did not answer.</exception>
    public Task<string> AnswerAsync(string question, CancellationToken cancellationToken) =>
        http.AskAsync(configuration["GAIANET_TEXT_MODEL_LARGE"] ?? "llama", question, cancellationToken);

    /// <summary>Sums up a page with the small model, and remembers it by its embedding.</summary>
    /// <exception cref="HttpRequestException">The node did not answer.</exception>
    public async Task<string> ReadAsync(string page, CancellationToken cancellationToken)
    {
        var model = configuration["GAIANET_EMBEDDINGS_MODEL"] ?? "nomic-embed-text-v1.5";
        using var embedded = await http.PostAsJsonAsync(
            new Uri("embeddings", UriKind.Relative), new { model, input = page }, cancellationToken);
        embedded.EnsureSuccessStatusCode();
        await embedded.Content.ReadAsByteArrayAsync(cancellationToken);
        return await http.AskAsync(
            configuration["GAIANET_TEXT_MODEL_SMALL"] ?? "llama", $"Sum up: {page}", cancellationToken);
    }
}
