using BenchmarkDotNet.Attributes;

namespace LlmMetrics.Benchmarks.Pricing;

/// <summary>
/// Finding the price of a model that was looked for before, by strings that are equal but not the same.
/// </summary>
public class PriceBenchmarks
{
    private static readonly string[] _names = ["gpt-4o-mini", "gpt-4.1-nano-2025-04-14", "o4-mini", "gpt-5"];

    private readonly string[] _models = [.. _names.Select(static model => new string(model.AsSpan()))];
    private readonly string _provider = new("openai".AsSpan());

    [Benchmark(OperationsPerInvoke = 4)]
    public int Find()
    {
        var found = 0;
        foreach (var model in _models)
        {
            found += PriceCatalogue.Embedded.Find(_provider, model) is null ? 0 : 1;
        }

        return found;
    }
}
