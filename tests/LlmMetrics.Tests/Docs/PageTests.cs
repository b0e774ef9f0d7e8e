using LlmMetrics.Collection;
using LlmMetrics.Http;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Docs;

/// <summary>What the pages show as code is code that the tests beside this one run.</summary>
public sealed class PageTests
{
    [Theory]
    [InlineData("business", "BusinessSnippetsTests")]
    [InlineData("health", "HealthSnippetsTests")]
    [InlineData("budgets", "BudgetSnippetsTests")]
    [InlineData("pricing", "PricingSnippetsTests")]
    [InlineData("profiles", "ProfileSnippetsTests")]
    public void Code_OfThePage_IsTheRegionsThatRun(string page, string source) =>
        DocSnippets.Verify($"docs/{page}.md", $"tests/LlmMetrics.Tests/Docs/{source}.cs");

    [Fact]
    public void Code_OfProviders_IsTheRegionsThatRun() => DocSnippets.Verify(
        "docs/providers.md", "tests/LlmMetrics.Tests/Llm/LlmApiTests.cs", "api", "realtime");

    [Fact]
    public void Health_ReasonsOfLosses_AreAllExplained()
    {
        var page = File.ReadAllText(Repository.PathOf("docs/health.md"));
        var reasons = new[] { typeof(LossReason), typeof(Losses) }
            .SelectMany(static type => type.GetFields())
            .Select(static field => (string)field.GetRawConstantValue()!)
            .ToArray();

        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.Contains($"`{reason}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Fill_RegionThatIsMissing_SaysSo() => Assert.Throws<InvalidOperationException>(static () =>
        DocSnippets.Fill("<!-- snippet: README.md#missing -->\n```csharp\nold\n```"));
}
