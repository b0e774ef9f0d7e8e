namespace LlmMetrics.Tests.Pricing;

public sealed class CallPricingTests
{
    [Fact]
    public void Record_CachesOfProviderAndApp_SaveUnderNamesOfTheirOwn()
    {
        using var runtime = RuntimeBuilder.Create();

        // At the provider: 1,000,000 cached tokens of gpt-4o cost 1.25 instead of 2.50.
        runtime.Record(new LlmCall
        {
            Provider = "openai", RequestModel = "gpt-4o", InputTokens = 1_000_000, CachedInputTokens = 1_000_000,
            OutputTokens = 0,
        });
        // In the app: nobody was asked, so that the whole price is saved.
        runtime.Record(new LlmCall
        {
            Provider = "openai", RequestModel = "gpt-4o", InputTokens = 1_000_000, OutputTokens = 100_000,
            Cache = CacheResult.Hit,
        });

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1.25, snapshot.Sum("llm.cost.cache_savings.usd", ("cache", "provider")), 9);
        Assert.Equal(3.5, snapshot.Sum("llm.cost.cache_savings.usd", ("cache", "app")), 9);
        Assert.Equal(1.25, snapshot.Sum("llm.cost.usd"), 9);
    }

    [Fact]
    public void Record_HitOfTheAppsOwnCache_CostsNothingWhateverIsKnown()
    {
        using var runtime = RuntimeBuilder.Create();

        runtime.Record(new LlmCall { Provider = "openai", RequestModel = "gpt-4o", Cache = CacheResult.Hit });
        runtime.Record(new LlmCall
        {
            Provider = "openrouter", RequestModel = "m", InputTokens = 10, OutputTokens = 1, CostUsd = 0.25,
            Cache = CacheResult.Hit,
        });

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(0, snapshot.Sum("llm.cost.usd"), 9);
        Assert.Equal(0.25, snapshot.Sum("llm.cost.cache_savings.usd", ("cache", "app")), 9);
        Assert.False(snapshot.TryGetFamily("llm.usage.missing", out _));
        Assert.False(snapshot.TryGetFamily("llm.cost.unpriced", out _));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    public void Record_CostThatTheProviderReports_WinsAndIsLabelled(double reported)
    {
        using var runtime = RuntimeBuilder.Create();

        runtime.Record(new LlmCall
        {
            Provider = "openai", RequestModel = "gpt-4o", InputTokens = 1_000_000, OutputTokens = 0, CostUsd = reported,
        });
        runtime.Record(new LlmCall
        {
            Provider = "openai", RequestModel = "gpt-4o", InputTokens = 1_000_000, OutputTokens = 0,
        });

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(reported, snapshot.Sum("llm.cost.usd", ("source", "provider")), 9);
        Assert.Equal(2.5, snapshot.Sum("llm.cost.usd", ("source", "catalogue")), 9);
        Assert.Equal(double.NaN, snapshot.Sum("llm.cost.unpriced"));
    }
}
