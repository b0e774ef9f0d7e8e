namespace LlmMetrics;

/// <summary>
/// Where prices come from, beside those that the library brings along. What comes later wins: embedded prices (or those
/// of <see cref="LlmMetricsBuilderExtensions.AddPrices(ILlmMetricsBuilder, PriceCatalogue)"/>), files in their order,
/// <see cref="Models"/>.
/// </summary>
/// <remarks>No network call is ever made. A change of a bound configuration holds without a restart.</remarks>
public sealed class PriceOptions
{
    /// <summary>Whether the prices that come with the library are used.</summary>
    /// <value><see langword="true"/>.</value>
    public bool UseEmbedded { get; set; } = true;

    /// <summary>
    /// Price files: this library's format, that of genai-prices, or LiteLLM's. A relative path begins at the host's
    /// content root, without a host in the current directory.
    /// </summary>
    /// <value>Empty.</value>
    /// <remarks>
    /// A file that is missing or broken never stops the app: its last good prices go on being used (at the start,
    /// none of it), which is logged and counted.
    /// </remarks>
    public IList<string> Files { get; } = [];

    /// <summary>
    /// How often files are looked at for changes. Most are noticed at once, by a notification of the system; where
    /// these do not come (network drives, some containers), this interval is what finds them.
    /// </summary>
    /// <value>10 seconds. 100 milliseconds to 1 day; <see langword="null"/> reads files at the start only.</value>
    public TimeSpan? ReloadInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Prices of single models.</summary>
    /// <value>Empty.</value>
    public IList<ModelPriceOptions> Models { get; } = [];

    /// <summary>Names of your own for models: Azure deployments, Bedrock profiles.</summary>
    /// <value>Empty.</value>
    public IList<ModelAliasOptions> Aliases { get; } = [];

    /// <summary>Providers that bill what another one bills: the name in calls, and the one whose prices hold.</summary>
    /// <value>Empty.</value>
    public IDictionary<string, string> ProviderAliases { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
