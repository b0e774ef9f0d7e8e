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

    /// <summary>Interfaces of model servers that the library does not know. These go before those it knows.</summary>
    /// <value>Empty.</value>
    public IList<LlmApi> Apis { get; } = [];
}
