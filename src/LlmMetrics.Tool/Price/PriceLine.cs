using System.Text.Json.Serialization;

namespace LlmMetrics.Tool.Price;

/// <summary>One call on standard input. What it does not say is unknown; further properties are ignored.</summary>
internal sealed record PriceLine
{
    public string? Provider { get; init; }

    public string? Model { get; init; }

    public string? Operation { get; init; }

    public string? ServiceTier { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long? CachedInputTokens { get; init; }

    public long? CacheWriteInputTokens { get; init; }

    [JsonPropertyName("cache_write_1h_input_tokens")]
    public long? CacheWrite1HourInputTokens { get; init; }

    public long? ReasoningOutputTokens { get; init; }

    public long? Characters { get; init; }

    public double? AudioSeconds { get; init; }

    public long? Images { get; init; }

    public long? Pages { get; init; }

    public long? WebSearches { get; init; }

    public long? FileSearches { get; init; }

    public long? CitationTokens { get; init; }

    public string? At { get; init; }

    public LlmCall ToCall() => new()
    {
        Provider = Provider,
        ResponseModel = Model,
        Operation = Operation,
        ServiceTier = ServiceTier,
        InputTokens = InputTokens,
        OutputTokens = OutputTokens,
        CachedInputTokens = CachedInputTokens,
        CacheWriteInputTokens = CacheWriteInputTokens,
        CacheWrite1HourInputTokens = CacheWrite1HourInputTokens,
        ReasoningOutputTokens = ReasoningOutputTokens,
        Characters = Characters,
        AudioSeconds = AudioSeconds,
        Images = Images,
        Pages = Pages,
        WebSearches = WebSearches,
        FileSearches = FileSearches,
        CitationTokens = CitationTokens,
    };
}
