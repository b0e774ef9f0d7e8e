using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Docs;

/// <summary>What the pages of the domains show as code is code that the tests beside this one run.</summary>
public sealed class PageTests
{
    [Theory]
    [InlineData("business", "BusinessSnippetsTests")]
    [InlineData("health", "HealthSnippetsTests")]
    [InlineData("budgets", "BudgetSnippetsTests")]
    public void Code_OfThePage_IsTheRegionsThatRun(string page, string source)
    {
        var path = Repository.PathOf($"docs/{page}.md");
        var before = File.ReadAllText(path);
        var regions = DocSnippets.Regions(
            File.ReadAllText(Repository.PathOf($"tests/LlmMetrics.Tests/Docs/{source}.cs")));

        var after = DocSnippets.Fill(before);

        Assert.NotEmpty(regions);
        Assert.Equal(regions, DocSnippets.Shown(before));
        if (Environment.GetEnvironmentVariable("LLMMETRICS_ACCEPT") == "1")
        {
            File.WriteAllText(path, after);
        }
        else
        {
            Assert.Equal(after, before);
        }
    }

    [Fact]
    public void Fill_RegionThatIsMissing_SaysSo() => Assert.Throws<InvalidOperationException>(static () =>
        DocSnippets.Fill("<!-- snippet: README.md#missing -->\n```csharp\nold\n```"));
}
