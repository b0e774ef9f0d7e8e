using LlmMetrics.Testing;

namespace LlmMetrics.Conventions.Tests;

public sealed class RepositoryTests
{
    [Fact]
    public void Root_FromAnyDirectory_HoldsTheSolution() =>
        Assert.True(File.Exists(Repository.PathOf("LlmMetrics.sln")));
}
