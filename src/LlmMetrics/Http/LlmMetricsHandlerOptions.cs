namespace LlmMetrics;

/// <summary>What <see cref="LlmMetricsHandler"/> cannot find out by itself.</summary>
public sealed class LlmMetricsHandlerOptions
{
    /// <summary>
    /// Which provider (<c>gen_ai.provider.name</c>) answers at a host. A key is a host (<c>llm.acme.com</c>), a host
    /// with its port (<c>localhost:8000</c>), or one with a star at its start or end (<c>*.acme.com</c>). These go
    /// before what the library knows.
    /// </summary>
    /// <value>Empty: known providers are recognised, others are reported as <c>openai_compatible</c>.</value>
    /// <remarks>Providers are a metric tag: name providers, not single servers.</remarks>
    public IDictionary<string, string> ProviderHosts { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether streamed chat requests that have no <c>stream_options</c> get <c>include_usage</c>, without which most
    /// providers tell no token counts. Done for OpenAI, Azure OpenAI (from API version 2024-09-01 on), Groq, DeepSeek,
    /// OpenRouter and <see cref="IncludeUsageHosts"/>, and never for Mistral, which refuses it.
    /// </summary>
    /// <value><c>false</c>: requests are sent as the app made them, and missing counts are counted.</value>
    /// <remarks>
    /// It changes what is sent: such a request is read into memory before, and its stream ends with a chunk that has
    /// no choices, which code that takes the first choice of each chunk must expect. Only JSON of at most 1 MiB that
    /// lies in memory is touched (<see cref="ByteArrayContent"/>, <see cref="StringContent"/>,
    /// <see cref="ReadOnlyMemoryContent"/>, <see cref="System.Net.Http.Json.JsonContent"/>). The official OpenAI client
    /// asks by itself and needs no help.
    /// </remarks>
    public bool IncludeUsage { get; set; }

    /// <summary>
    /// Further hosts that accept <c>stream_options</c>, such as one's own vLLM, written as the keys of
    /// <see cref="ProviderHosts"/> are. Only used with <see cref="IncludeUsage"/>.
    /// </summary>
    /// <value>Empty.</value>
    public ISet<string> IncludeUsageHosts { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Interfaces of model servers that the library does not know. These go before those it knows.</summary>
    /// <value>Empty.</value>
    public IList<LlmApi> Apis { get; } = [];
}
