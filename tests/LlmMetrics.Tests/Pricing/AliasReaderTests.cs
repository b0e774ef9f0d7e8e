using System.Text;

namespace LlmMetrics.Tests.Pricing;

public sealed class AliasReaderTests
{
    private const string Arn = "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1b2c3";

    private const string File = """
        {"aliases": [
          {"provider": "azure.ai.openai", "alias": "prod-chat", "model": "gpt-4o"},
          {"provider": "azure.ai.openai", "alias": "eu-*", "model": "mine"},
          {"provider": "aws.bedrock",
           "alias": "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1b2c3",
           "model": "anthropic.claude-3-haiku-20240307-v1:0"}],
         "provider_aliases": {"my-gateway": "openai"},
         "providers": [{"id": "azure", "models": [{"id": "mine", "prices": {"input_mtok": 1, "output_mtok": 2}}]}]}
        """;

    [Theory]
    [InlineData("azure.ai.openai", "prod-chat", 2.5)]
    [InlineData("azure.ai.openai", "EU-west", 1)]
    [InlineData("aws.bedrock", Arn, 0.25)]
    [InlineData("my-gateway", "gpt-4o", 2.5)]
    public void TryGetCost_Alias_IsPricedAsItsModel(string provider, string name, double perMillion)
    {
        var prices = PriceCatalogue.Embedded.With(Parse(File));
        var call = new LlmCall
        {
            Provider = provider, RequestModel = name, InputTokens = 1_000_000, OutputTokens = 0,
        };

        Assert.True(prices.TryGetCost(in call, DateTimeOffset.UnixEpoch.AddYears(60), out var usd));
        Assert.Equal(perMillion, usd, 9);
        Assert.Empty(prices.Index.DanglingAliases());
    }

    [Fact]
    public void DanglingAliases_ModelWithoutPrice_AreNamedWithTheirPlace()
    {
        var prices = Parse(File);

        Assert.Equal(
            ["prod-chat", Arn], prices.Index.DanglingAliases().Select(static alias => alias.Alias).OrderDescending());
        Assert.Contains(prices.Index.DanglingAliases(), static alias => alias.Place == "mine.json, line 2, column 3");
        Assert.False(prices.TryGetCost(
            new LlmCall { Provider = "azure", RequestModel = "prod-chat", InputTokens = 1, OutputTokens = 1 },
            DateTimeOffset.UnixEpoch.AddYears(60), out _));
    }

    [Fact]
    public void TryGetCost_AliasOfItself_EndsWithoutAPrice()
    {
        var prices = Parse("""
            {"aliases": [{"provider": "p", "alias": "a", "model": "b"}, {"provider": "p", "alias": "b", "model": "a"}]}
            """);

        Assert.False(prices.TryGetCost(
            new LlmCall { Provider = "p", RequestModel = "a", InputTokens = 1, OutputTokens = 1 },
            DateTimeOffset.UnixEpoch.AddYears(60), out _));
    }

    [Theory]
    [InlineData("""{"provider":"p","alias":"a"}""", "an alias needs 'provider', 'alias' and 'model'")]
    [InlineData("""{"provider":"p","alias":"","model":"m"}""", "'alias' is empty")]
    [InlineData("""{"provider":"p","alias":"a","model":"m","x":1}""", "'x' is neither")]
    [InlineData(
        """{"provider":"p","alias":"a","model":"m"},{"provider":"P","alias":"A","model":"n"}""", "is given twice")]
    [InlineData("5", "an alias is expected")]
    public void Parse_BrokenAlias_NamesLineAndReason(string alias, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Parse("{\"aliases\":[\n" + alias + "]}"));

        Assert.StartsWith("mine.json, line 2, column ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static PriceCatalogue Parse(string json) =>
        PriceCatalogue.Parse(Encoding.UTF8.GetBytes(json), "mine.json");
}
