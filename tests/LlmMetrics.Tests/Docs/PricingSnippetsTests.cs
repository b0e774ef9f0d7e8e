namespace LlmMetrics.Tests.Docs;

/// <summary>The code that docs/pricing.md shows.</summary>
public sealed class PricingSnippetsTests
{
    private const string FileOfPrices = """
        {"providers": [{"id": "openai", "models": [
         {"id": "gpt-4o-mini", "prices": {"input_mtok": 1, "output_mtok": 4}}]}]}
        """;

    [Fact]
    public void Snippets_Run_PriceWhatThePageSays()
    {
        File.WriteAllText("prices.json", FileOfPrices);

        // snippet:own
        var prices = PriceCatalogue.Embedded
            .With(PriceCatalogue.Load("prices.json"))                       // a file goes first
            .With("openai", "gpt-4o", new ModelRates { InputPerMillion = 2, OutputPerMillion = 8 })
            .With("my-vllm", "*", ModelRates.Free)                          // every model
            .WithModelAlias("azure.ai.openai", "prod-chat", "gpt-4o")       // a deployment
            .WithProviderAlias("my-gateway", "openai");                     // billed as OpenAI
        // end-snippet

        Assert.Equal(1, Cost(prices, "openai", "gpt-4o-mini"));
        Assert.Equal(2, Cost(prices, "openai", "gpt-4o-2024-11-20"));
        Assert.Equal(2, Cost(prices, "my-gateway", "gpt-4o"));
        Assert.Equal(0, Cost(prices, "my-vllm", "whatever"));
        Assert.Equal(2, Cost(prices, "azure.ai.openai", "prod-chat"));
    }

    private static double? Cost(PriceCatalogue prices, string provider, string model)
    {
        var call = new LlmCall
        {
            Provider = provider,
            ResponseModel = model,
            InputTokens = 1_000_000,
            OutputTokens = 0,
        };
        return prices.TryGetCost(in call, new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), out var usd)
            ? usd
            : null;
    }
}
