using DemoKit;

namespace MigrationApi;

/// <summary>Models of several providers who all speak OpenAI's format. Nothing here measures: the clients do.</summary>
public sealed class MigrationModels(IHttpClientFactory clients)
{
    /// <summary>Provider, base address and model of each, from the strongest to the cheapest.</summary>
    public static readonly IReadOnlyList<(string Provider, string BaseUrl, string Model)> All =
    [
        ("openai", "https://api.openai.com/v1/", "gpt-4o"),
        ("groq", "https://api.groq.com/openai/v1/", "llama-3.3-70b-versatile"),
        ("deepseek", "https://api.deepseek.com/v1/", "deepseek-chat"),
    ];

    /// <summary>Asks one of them.</summary>
    /// <exception cref="HttpRequestException">It did not answer.</exception>
    public Task<string> AskAsync(int which, string task, CancellationToken cancellationToken)
    {
        var (provider, _, model) = All[which % All.Count];
        return clients.CreateClient(provider).AskAsync(model, task, cancellationToken);
    }
}
