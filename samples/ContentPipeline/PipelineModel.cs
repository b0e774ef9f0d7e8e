using DemoKit;

namespace ContentPipeline;

/// <summary>The language model. Nothing here measures: the client does, for the agent whose run it is in.</summary>
public sealed class PipelineModel(HttpClient http)
{
    /// <summary>Asks it.</summary>
    /// <exception cref="HttpRequestException">It did not answer, after all retries.</exception>
    public Task<string> AskAsync(string model, string question, CancellationToken cancellationToken) =>
        http.AskAsync(model, question, cancellationToken);
}
