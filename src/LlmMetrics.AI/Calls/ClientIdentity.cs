using LlmMetrics.Http;
using LlmMetrics.Llm;

namespace LlmMetrics.AI.Calls;

/// <summary>Whom a client speaks to, as far as it tells.</summary>
internal sealed record ClientIdentity(string? Provider, Uri? Address, string? Model)
{
    private static readonly ProviderHosts _hosts = new([]);

    /// <summary>
    /// Asks a client. The address goes before the name that the client gives: the official OpenAI client, for one,
    /// calls everybody "openai" whom it is pointed at.
    /// </summary>
    public static ClientIdentity Of<T>(
        LlmMetricsRuntime metrics,
        string? provider,
        Func<T?> ask,
        Func<T, (string? Name, Uri? Address, string? Model)> read)
        where T : class
    {
        try
        {
            if (ask() is not { } metadata)
            {
                return new ClientIdentity(provider, null, null);
            }

            var (name, address, model) = read(metadata);
            address = address is { IsAbsoluteUri: true } ? address : null;
            return new ClientIdentity(provider ?? ProviderAt(address) ?? Named(name, address), address, model);
        }
        catch (Exception exception)
        {
            // The client's own code: what it throws here it would not have thrown without this.
            metrics.Diagnostics.Failed(Losses.Observation, exception);
            return new ClientIdentity(provider, null, null);
        }
    }

    private static string? ProviderAt(Uri? address) => address is null ? null : _hosts.Find(address);

    /// <summary>At an unknown host the name of a protocol is no provider's; the handler says so in the same words.
    /// </summary>
    private static string? Named(string? name, Uri? address) => (name, address) switch
    {
        (LlmProviders.OpenAi, not null) => LlmProviders.OpenAiCompatible,
        (LlmProviders.Anthropic, not null) => LlmProviders.AnthropicCompatible,
        _ => string.IsNullOrWhiteSpace(name) ? null : name,
    };
}
