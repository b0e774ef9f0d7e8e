using Xunit;

namespace LlmMetrics.Pricing;

public sealed class ModelRuleTests
{
    [Theory]
    [InlineData(@"^grok-4\.5-\d{8}$", "GROK-4.5-20260101", true)]
    [InlineData(@"^grok-4\.5-\d{8}$", "grok-4x5-20260101", false)]
    [InlineData(@"^grok-4\.5-\d{8}$", "x-grok-4.5-20260101", false)]
    [InlineData(@"^gpts?-5$", "gpt-5", true)]
    [InlineData(@"^gpts*-5$", "gpt-5", true)]
    [InlineData(@"^gpt-{0,1}5$", "gpt5", true)]
    [InlineData(@"^gpt-5\.?1$", "gpt-51", true)]
    [InlineData(@"^gpt-5+$", "gpt-555", true)]
    [InlineData(@"^?gpt-5", "my-gpt-5", true)]
    [InlineData("^one|two", "two", true)]
    [InlineData("^(?!.*-tts)", "gemini-3", true)]
    [InlineData("^(?!.*-tts)", "gemini-3-tts", false)]
    [InlineData("opus", "claude-opus-5", true)]
    public void IsMatch_Pattern_IsThatOfTheWholeExpression(string pattern, string model, bool expected) =>
        Assert.Equal(expected, ModelRule.Pattern(pattern).IsMatch(model));
}
