using System.Reflection;
using LlmMetrics.Testing;

namespace LlmMetrics.Conventions.Tests;

/// <summary>The public face of each package is approved: PublicApi.{package}.verified.txt in this folder.</summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Libraries => new(Product.Libraries);

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Describe_Package_IsAsApproved(string package) => Snapshot.VerifyFile(
        PublicApi.Describe(Assembly.Load(package)),
        Repository.PathOf($"tests/LlmMetrics.Conventions.Tests/Packages/PublicApi.{package}"));

    [Fact]
    public void Describe_Core_SeesItsTypes() =>
        Assert.Contains("LlmMetricsRuntime", PublicApi.Describe(Assembly.Load("LlmMetrics")), StringComparison.Ordinal);
}
