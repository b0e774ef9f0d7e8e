using LlmMetrics.Testing;

namespace LlmMetrics.EndToEnd.Tests;

/// <summary>What the pages show as code is code that compiles.</summary>
public sealed class SnippetTests
{
    [Fact]
    public void Readme_EverySnippet_IsTheCodeOfTheSample()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));

        Assert.Equal(3, DocSnippets.Shown(readme).Count);
        Assert.Equal(DocSnippets.Fill(readme), readme);
    }
}
