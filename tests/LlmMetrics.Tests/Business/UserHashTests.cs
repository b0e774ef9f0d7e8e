using LlmMetrics.Business;

namespace LlmMetrics.Tests.Business;

public sealed class UserHashTests
{
    /// <summary>The vectors of the paper's reference code: key 00…0f, input 00, 00 01, ….</summary>
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31)]
    [InlineData(1, 0x74f839c593dc67fd)]
    [InlineData(7, 0xab0200f58b01d137)]
    [InlineData(8, 0x93f5f5799a932462)]
    [InlineData(15, 0xa129ca6149be45e5)]
    public void Of_ReferenceInput_IsTheReferenceHash(int length, ulong expected)
    {
        var hash = new UserHash(0x0706050403020100, 0x0f0e0d0c0b0a0908);

        Assert.Equal(expected, hash.Of([.. Enumerable.Range(0, length).Select(static i => (byte)i)]));
    }

    [Fact]
    public void CreateRandom_Twice_HashesDifferently() =>
        Assert.NotEqual(UserHash.CreateRandom().Of("alice"), UserHash.CreateRandom().Of("alice"));
}
