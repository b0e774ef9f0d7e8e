namespace LlmMetrics.Tests.Http;

/// <summary>What the fixtures cover: who, how many, and that no two say the same.</summary>
public class FixtureCoverageTests
{
    private const int AtLeast = 150;
    private const int AtLeastEach = 5;

    public static TheoryData<string> Providers() =>
    [
        "openai", "azure", "anthropic", "gemini", "ollama", "groq", "mistral", "deepseek", "xai", "cohere",
        "openrouter", "perplexity", "bedrock", "vllm", "litellm", "elevenlabs", "deepgram",
    ];

    [Fact]
    public void Fixtures_Count_IsEnough() => Assert.InRange(Fixture.All.Count, AtLeast, int.MaxValue);

    [Theory]
    [MemberData(nameof(Providers))]
    public void Fixtures_OfProvider_AreEnough(string provider) => Assert.InRange(
        Fixture.All.Count(fixture => fixture.Name.StartsWith(provider + "-", StringComparison.Ordinal)),
        AtLeastEach,
        int.MaxValue);

    [Theory]
    [InlineData("openai-chat")]
    [InlineData("openai-responses")]
    [InlineData("openai-embeddings")]
    [InlineData("openai-images")]
    [InlineData("openai-transcription")]
    [InlineData("openai-speech")]
    [InlineData("bedrock-converse")]
    [InlineData("bedrock-invoke")]
    public void Fixtures_OfOperation_AreSeveral(string prefix) => Assert.InRange(
        Fixture.All.Count(fixture => fixture.Name.StartsWith(prefix, StringComparison.Ordinal)), 2, int.MaxValue);

    [Fact]
    public void Fixtures_FieldsAndFraming_AreUnique()
    {
        var same = Fixture.All
            .GroupBy(FixtureShape.Of)
            .Where(group => group.Count() > 1)
            .Select(group => string.Join(" = ", group.Select(fixture => fixture.Name)));

        Assert.Empty(same);
    }

    [Fact]
    public void Shape_OtherValues_IsTheSame()
    {
        Assert.Equal(FixtureShape.Of("""{"a":1,"b":["x","y"]}"""), FixtureShape.Of("""{"a":2,"b":["z"]}"""));
        Assert.NotEqual(FixtureShape.Of("""{"a":1}"""), FixtureShape.Of("""{"a":null}"""));
        Assert.NotEqual(FixtureShape.Of("""{"a":1}"""), FixtureShape.Of("""{"a":0}"""));
        Assert.NotEqual(FixtureShape.Of("""{"a":1}"""), FixtureShape.Of("data: {\"a\":1}\n\n"));
        Assert.NotEqual(FixtureShape.Of("""{"a":{"b":1}}"""), FixtureShape.Of("""{"a":{"b":1}"""));
    }
}
