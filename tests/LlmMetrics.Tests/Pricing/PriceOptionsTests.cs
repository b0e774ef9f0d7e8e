using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Tests.Pricing;

public sealed class PriceOptionsTests
{
    [Theory]
    [InlineData("openai", "gpt-4o", 3)]
    [InlineData("openai", "gpt-4o-2024-11-20", 3)]
    [InlineData("azure.ai.openai", "prod-chat", 3)]
    [InlineData("my-gateway", "gpt-4o-mini", 0.15)]
    [InlineData("aws.bedrock", "arn:aws:bedrock:us-east-1:1:application-inference-profile/x", 0.25)]
    public void Prices_FromConfiguration_Hold(string provider, string model, double perMillion)
    {
        using var runtime = Create(new()
        {
            ["Models:0:Provider"] = "openai",
            ["Models:0:Model"] = "gpt-4o",
            ["Models:0:Rates:InputPerMillion"] = "3",
            ["Models:0:Rates:OutputPerMillion"] = "12",
            ["Aliases:0:Provider"] = "azure.ai.openai",
            ["Aliases:0:Alias"] = "prod-chat",
            ["Aliases:0:Model"] = "gpt-4o",
            ["Aliases:1:Provider"] = "aws.bedrock",
            ["Aliases:1:Alias"] = "arn:aws:bedrock:us-east-1:1:application-inference-profile/x",
            ["Aliases:1:Model"] = "anthropic.claude-3-haiku-20240307-v1:0",
            ["ProviderAliases:my-gateway"] = "openai",
        });
        var call = new LlmCall { Provider = provider, RequestModel = model, InputTokens = 1_000_000, OutputTokens = 0 };

        runtime.Record(in call);

        Assert.Equal(perMillion, runtime.GetSnapshot().Sum("llm.cost.usd"), 9);
    }

    [Fact]
    public void Prices_WithoutTheEmbeddedOnes_LeaveOthersUnpriced()
    {
        using var runtime = Create(new() { ["UseEmbedded"] = "false" });

        runtime.Record(new LlmCall { Provider = "openai", RequestModel = "gpt-4o", InputTokens = 1, OutputTokens = 1 });

        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.cost.unpriced"));
    }

    [Fact]
    public void Prices_Wrong_AreRefusedAtTheStartWithEveryError()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Create(new()
        {
            ["ReloadInterval"] = "00:00:00",
            ["Files:0"] = " ",
            ["Models:0:Provider"] = "openai",
            ["Models:0:Rates:InputPerMillion"] = "1000001",
            ["Models:1:Provider"] = "openai",
            ["Models:1:Model"] = "m",
            ["Aliases:0:Provider"] = "p",
            ["ProviderAliases:x"] = "",
        }));

        Assert.Equal(
            [
                "LlmMetrics:Prices:ReloadInterval", "LlmMetrics:Prices:Files:0", "LlmMetrics:Prices:Models:0:Model",
                "LlmMetrics:Prices:Models:0:Rates", "LlmMetrics:Prices:Models:1:Rates",
                "LlmMetrics:Prices:Aliases:0:Alias", "LlmMetrics:Prices:Aliases:0:Model",
                "LlmMetrics:Prices:ProviderAliases:x",
            ],
            error.Failures.Select(static failure => failure.Split(' ')[0].TrimEnd(':')));
    }

    private static LlmMetricsRuntime Create(Dictionary<string, string?> prices)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(prices.ToDictionary(static pair => "LlmMetrics:Prices:" + pair.Key, p => p.Value))
            .Build();
        return RuntimeBuilder.Create(build: builder =>
            builder.BindConfiguration(configuration.GetSection("LlmMetrics")));
    }
}
