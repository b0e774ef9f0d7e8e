namespace LlmMetrics.Llm;

/// <summary>Tells requests to language models from all others, by the end of the path and the host.</summary>
internal sealed class LlmEndpoints(ProviderHosts hosts)
{
    private const string Deployments = "/deployments/";

    private static readonly Route[] _routes =
    [
        new("/chat/completions", LlmOperation.Chat, OpenAiProtocols.Completions, NeedsEvidence: false),
        new("/completions", LlmOperation.TextCompletion, OpenAiProtocols.Completions, NeedsEvidence: true),
        new("/embeddings", LlmOperation.Embeddings, OpenAiProtocols.Embeddings, NeedsEvidence: true),
        new("/responses", LlmOperation.Chat, OpenAiProtocols.Responses, NeedsEvidence: true),
    ];

    public bool TryMatch(HttpRequestMessage request, out LlmEndpoint endpoint)
    {
        endpoint = default;
        if (request.Method != HttpMethod.Post
            || request.Content is null
            || request.RequestUri is not { IsAbsoluteUri: true } uri)
        {
            return false;
        }

        // The text as given costs nothing to look at; Uri.AbsolutePath makes a string for every request of the app.
        var path = Path(uri.OriginalString);
        foreach (var route in _routes)
        {
            if (path.EndsWith(route.Suffix, StringComparison.OrdinalIgnoreCase))
            {
                return Match(route, uri, path[..^route.Suffix.Length], out endpoint);
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> Path(string address)
    {
        var path = address.AsSpan();
        var end = path.IndexOfAny('?', '#');
        return (end < 0 ? path : path[..end]).TrimEnd('/');
    }

    /// <summary>
    /// Whether the base of the address looks like a model server's: the API's version or its name comes last, or a
    /// deployment. Any service may have something at <c>/responses</c>.
    /// </summary>
    private static bool HasEvidence(ReadOnlySpan<char> path)
    {
        var segment = path[(path.LastIndexOf('/') + 1)..];
        return (segment.Length >= 2 && (segment[0] | 0x20) == 'v' && char.IsAsciiDigit(segment[1]))
            || segment.Equals("openai", StringComparison.OrdinalIgnoreCase)
            || path.Contains(Deployments, StringComparison.OrdinalIgnoreCase);
    }

    private static string? Deployment(ReadOnlySpan<char> path)
    {
        var start = path.IndexOf(Deployments, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return null;
        }

        var name = path[(start + Deployments.Length)..];
        var end = name.IndexOf('/');
        return Uri.UnescapeDataString((end < 0 ? name : name[..end]).ToString());
    }

    private bool Match(Route route, Uri uri, ReadOnlySpan<char> path, out LlmEndpoint endpoint)
    {
        var provider = hosts.Find(uri);
        if (provider is null && route.NeedsEvidence && !HasEvidence(path))
        {
            endpoint = default;
            return false;
        }

        endpoint = new LlmEndpoint(
            provider ?? LlmProviders.OpenAiCompatible,
            route.Operation,
            route.Protocol,
            Deployment(path));
        return true;
    }

    private readonly record struct Route(string Suffix, string Operation, LlmProtocol Protocol, bool NeedsEvidence);
}
