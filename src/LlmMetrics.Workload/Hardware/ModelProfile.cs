namespace LlmMetrics;

/// <summary>Shape of a language model: what its weights and the memory of its attention take.</summary>
public sealed record ModelProfile
{
    /// <summary>Name, such as <c>llama-3.1-8b</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Number of parameters.</summary>
    public required double Parameters { get; init; }

    /// <summary>Parameters that one token uses, for mixtures of experts; null if all.</summary>
    public double? ActiveParameters { get; init; }

    /// <summary>Number of layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Number of key-value heads per layer.</summary>
    public required int KvHeads { get; init; }

    /// <summary>Size of a head.</summary>
    public required int HeadDimension { get; init; }

    /// <summary>Longest context in tokens.</summary>
    public required int ContextTokens { get; init; }

    /// <summary>Parts of the names that providers sell the model under, in lower case.</summary>
    /// <value>Empty: the model's own name.</value>
    public IReadOnlyList<string> CatalogueNames { get; init; } = [];

    /// <summary>Where the figures are from.</summary>
    public required string Source { get; init; }

    /// <summary>When they were taken down.</summary>
    public DateOnly? Date { get; init; }
}
