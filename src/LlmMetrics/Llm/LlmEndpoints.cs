namespace LlmMetrics.Llm;

/// <summary>Tells requests to language models from all others, by the end of the path and the host.</summary>
internal sealed class LlmEndpoints(ProviderHosts hosts, IEnumerable<LlmApi>? own = null)
{
    private const string Deployments = "/deployments/";
    private static readonly string[] _modelSegments = [Deployments, "/models/", "/model/"];

    private readonly LlmRoute[] _routes = [.. (own ?? []).Select(OwnProtocol.Route), .. LlmRoutes.All];

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
            if (route.TryMatch(path, out var before) && TryMatch(route, request, before, out endpoint))
            {
                return true;
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

    private static string? Model(ReadOnlySpan<char> path)
    {
        foreach (var segment in _modelSegments)
        {
            var start = path.IndexOf(segment, StringComparison.OrdinalIgnoreCase);
            if (start >= 0)
            {
                var name = path[(start + segment.Length)..];
                var end = name.IndexOf('/');
                return Uri.UnescapeDataString((end < 0 ? name : name[..end]).ToString());
            }
        }

        return null;
    }

    /// <summary>Deepgram names its model in the query.</summary>
    private static string? ModelInQuery(LlmRoute route, Uri uri)
    {
        const string name = "model=";
        if (route.Provider != LlmProviders.Deepgram)
        {
            return null;
        }

        foreach (var part in uri.Query.TrimStart('?').Split('&'))
        {
            if (part.StartsWith(name, StringComparison.Ordinal))
            {
                return Uri.UnescapeDataString(part[name.Length..]);
            }
        }

        return null;
    }

    private static bool IsProven(RouteEvidence evidence, HttpRequestMessage request, ReadOnlySpan<char> path) =>
        evidence switch
        {
            RouteEvidence.None => true,
            RouteEvidence.Base => HasEvidence(path),
            RouteEvidence.AnthropicHeader => request.Headers.NonValidated.Contains("anthropic-version"),
            RouteEvidence.ModelInPath => path.Contains("/models/", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };

    private bool TryMatch(
        LlmRoute route, HttpRequestMessage request, ReadOnlySpan<char> path, out LlmEndpoint endpoint)
    {
        endpoint = default;
        var uri = request.RequestUri!;
        if (route.Hosts is { } only && only.Find(uri) is null)
        {
            return false;
        }

        var provider = route.IsOwn ? route.Fallback : hosts.Find(uri);
        var isNamed = route.Evidence == RouteEvidence.AnthropicHeader
            ? provider == LlmProviders.Anthropic
            : provider is not null;
        if (!isNamed && !IsProven(route.Evidence, request, path))
        {
            return false;
        }

        if (route.Provider is { } owner && provider != owner)
        {
            return false;
        }

        var model = Model(path) ?? ModelInQuery(route, uri);
        provider ??= route.Fallback;
        endpoint = new LlmEndpoint(provider, route.Operation, route.ProtocolAt(provider), model);
        return true;
    }
}
