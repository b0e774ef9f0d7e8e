namespace LlmMetrics.Generators.Tests;

/// <summary>
/// Tests of which runtime is found by itself: how many there are in the process is their subject, so they run one by
/// one.
/// </summary>
[CollectionDefinition(Name)]
public sealed class Runtimes
{
    public const string Name = "runtimes";
}
