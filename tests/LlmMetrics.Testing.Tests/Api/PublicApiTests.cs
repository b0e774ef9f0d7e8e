using LlmMetrics.Testing.Tests.Face;

namespace LlmMetrics.Testing.Tests;

public sealed class PublicApiTests
{
    private interface IBefore
    {
        void M(int a);
    }

    private interface IAfter
    {
        void M(int b);
    }

    [Fact]
    public void Describe_EveryKindOfMember_IsReadable() =>
        Snapshot.Verify(PublicApi.Describe([typeof(Host<>), typeof(Host<>.Nested), typeof(Color), typeof(Loader)]));

    [Fact]
    public void Describe_ChangedParameterName_IsADifference() => Assert.NotEqual(
        PublicApi.Describe([typeof(IBefore)]).Replace("IBefore", "IAfter", StringComparison.Ordinal),
        PublicApi.Describe([typeof(IAfter)]));
}
