namespace LlmMetrics.Pricing;

/// <summary>What the runtime is told about prices.</summary>
/// <param name="Given">The prices at the bottom.</param>
/// <param name="Folder">Where relative paths begin.</param>
internal sealed record PriceSetup(PriceCatalogue Given, string Folder)
{
    public static PriceSetup Default => new(PriceCatalogue.Embedded, Environment.CurrentDirectory);

    /// <summary>Whether the system is asked to tell of changes; otherwise the interval alone finds them.</summary>
    public bool Watch { get; init; } =
        Environment.GetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER") is not ("1" or "true" or "True");

    /// <summary>
    /// Calls back with a function that reads the changed options, and which throws if they are wrong.
    /// </summary>
    public Func<Action<Func<PriceOptions>>, IDisposable>? OnOptionsChange { get; init; }
}
