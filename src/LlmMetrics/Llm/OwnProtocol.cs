namespace LlmMetrics.Llm;

/// <summary>Turns an app's own description of an interface into a route and a shape.</summary>
internal static class OwnProtocol
{
    private const int MaxDepth = 8;

    public static LlmRoute Route(LlmApi api)
    {
        var protocol = api.SpeaksLike is { } path ? Known(path) : Create(api);
        return new LlmRoute(api.Path, api.Operation, protocol, RouteEvidence.None, api.Provider)
        {
            Hosts = api.Host is { } host
                ? new ProviderHosts([new KeyValuePair<string, string>(host, api.Provider)], known: [])
                : null,
            IsOwn = true,
        };
    }

    private static LlmProtocol Known(string path)
    {
        foreach (var route in LlmRoutes.All)
        {
            if (route.TryMatch(path, out _))
            {
                return route.Protocol;
            }
        }

        throw new ArgumentException($"No known interface has the path '{path}'.", nameof(path));
    }

    private static LlmProtocol Create(LlmApi api)
    {
        var response = new JsonNode();
        Place(response, api.ResponseModel, JsonNode.Leaf(LlmField.Model));
        Place(response, api.ErrorType, new JsonNode { Field = LlmField.ErrorType, Marker = LlmField.Error });
        List<string> names = [Last(api.ErrorType)];
        foreach (var (place, value) in api.Figures)
        {
            Place(response, place, JsonNode.Leaf(Field(value)));
            names.Add(Last(place));
        }

        var request = new JsonNode().With("stream", LlmField.Stream);
        Place(request, api.RequestModel, JsonNode.Leaf(LlmField.Model));
        return new LlmProtocol
        {
            Request = request,
            Response = response,
            EventMarks = LlmProtocol.Marks([.. names]),
            HasTerminalEvent = false,
            IsCachedBeside = api.IsCachedBesideInput,
            IsReasoningBeside = api.IsReasoningBesideOutput,
        };
    }

    private static string Last(string place) => place[(place.LastIndexOf('.') + 1)..];

    private static void Place(JsonNode root, string place, JsonNode leaf)
    {
        var names = place.Split('.');
        if (names.Length > MaxDepth || Array.Exists(names, string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException(
                $"'{place}' is not a path of one to {MaxDepth} names between dots.", nameof(place));
        }

        var node = root;
        foreach (var name in names.AsSpan(0, names.Length - 1))
        {
            var next = node.Find(System.Text.Encoding.UTF8.GetBytes(name));
            if (next is null)
            {
                next = new JsonNode();
                node.With(name, next);
            }

            node = next;
        }

        node.With(names[^1], leaf);
    }

    private static LlmField Field(FactValue value) => value switch
    {
        FactValue.InputTokens => LlmField.InputTokens,
        FactValue.OutputTokens => LlmField.OutputTokens,
        FactValue.TotalTokens => LlmField.TotalTokens,
        FactValue.CachedInputTokens => LlmField.CachedInputTokens,
        FactValue.CacheWriteInputTokens => LlmField.CacheWriteInputTokens,
        FactValue.CacheWrite1HourInputTokens => LlmField.CacheWrite1HourInputTokens,
        FactValue.ReasoningOutputTokens => LlmField.ReasoningOutputTokens,
        FactValue.InputAudioTokens => LlmField.InputAudioTokens,
        FactValue.OutputAudioTokens => LlmField.OutputAudioTokens,
        FactValue.InputImageTokens => LlmField.InputImageTokens,
        FactValue.OutputImageTokens => LlmField.OutputImageTokens,
        FactValue.InputVideoTokens => LlmField.InputVideoTokens,
        FactValue.OutputVideoTokens => LlmField.OutputVideoTokens,
        FactValue.CitationTokens => LlmField.CitationTokens,
        FactValue.WebSearches => LlmField.WebSearches,
        FactValue.FileSearches => LlmField.FileSearches,
        FactValue.Pages => LlmField.Pages,
        FactValue.Characters => LlmField.Characters,
        FactValue.AudioSeconds => LlmField.AudioSeconds,
        FactValue.Images => LlmField.Images,
        FactValue.CostUsd => LlmField.CostUsd,
        _ => throw new ArgumentException($"{value} is not a figure of an answer.", nameof(value)),
    };
}
