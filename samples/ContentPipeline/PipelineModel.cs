using System.Net.Http.Json;
using System.Text.Json;

namespace ContentPipeline;

/// <summary>The language model. Nothing here measures: the client does, for the agent whose run it is in.</summary>
public sealed class PipelineModel(HttpClient http)
{
    /// <summary>Asks it.</summary>
    /// <exception cref="HttpRequestException">It did not answer, after all retries.</exception>
    public async Task<string> AskAsync(string model, string question, CancellationToken cancellationToken)
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
