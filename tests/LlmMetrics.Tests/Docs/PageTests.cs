using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Docs;

/// <summary>What the pages of the domains show as code is code that the tests beside this one run.</summary>
public sealed class PageTests
{
    [Theory]
    [InlineData("business", "BusinessSnippetsTests")]
    [InlineData("health", "HealthSnippetsTests")]
    [InlineData("budgets", "BudgetSnippetsTests")]
    public void Code_OfThePage_IsTheRegionsThatRun(string page, string source) =>
        DocSnippets.Verify($"docs/{page}.md", $"tests/LlmMetrics.Tests/Docs/{source}.cs");

    [Fact]
    public void Fill_RegionThatIsMissing_SaysSo() => Assert.Throws<InvalidOperationException>(static () =>
        DocSnippets.Fill("<!-- snippet: README.md#missing -->\n```csharp\nold\n```"));
}
