using System.Net;
using LlmMetrics.Configuration;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Endpoint;

public sealed class BearerTokenTests
{
    private const string Token = "s3cret-token-of-the-test";

    [Theory]
    [InlineData("Bearer " + Token, true)]
    [InlineData("bearer   " + Token + " ", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("Bearer", false)]
    [InlineData("Bearer ", false)]
    [InlineData(Token, false)]
    [InlineData("Basic " + Token, false)]
    [InlineData("Bearer " + Token + "x", false)]
    [InlineData("Bearer S3cret-token-of-the-test", false)]
    [InlineData("Bearer s3cret-token-of-the-tes", false)]
    [InlineData("Bearer " + Token + ", Bearer x", false)]
    public void Allows_Header_OnlyWithTheToken(string? header, bool expected) =>
        Assert.Equal(expected, new BearerToken(Token).Allows(header));

    [Fact]
    public void Allows_TwoHeaders_IsRefused() =>
        Assert.False(new BearerToken(Token).Allows(new([$"Bearer {Token}", $"Bearer {Token}"])));

    [Fact]
    public void Allows_NoTokenSet_AllowsAll() => Assert.True(new BearerToken(null).Allows(default));

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Handle_WithoutToken_Is401WithoutAnyMetric(string method)
    {
        await using var host = await TestHost.StartAsync(add: b => b.AddPrometheus(o => o.BearerToken = Token));

        using var response = await host.SendAsync(
            method: new HttpMethod(method), headers: [("Authorization", "Bearer no")]);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public Task Handle_ManyWrongTokens_AreRefusedAndNeverLogged() => RefuseAsync(200);

    [LongFact]
    public Task Handle_TenThousandWrongTokens_AreRefusedAndNeverLogged() => RefuseAsync(10_000);

    private static async Task RefuseAsync(int attempts)
    {
        await using var host = await TestHost.StartAsync(
            settings: new() { ["LlmMetrics:Prometheus:BearerToken"] = Token });
        for (var i = 0; i < attempts; i++)
        {
            using var refused = await host.SendAsync(headers: [("Authorization", $"Bearer planted-secret-{i}")]);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var response = await host.SendAsync(headers: [("Authorization", $"Bearer {Token}")]);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var body = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain(Token, body);
        Assert.All(host.Logs.Texts, text =>
        {
            Assert.DoesNotContain(Token, text, StringComparison.Ordinal);
            Assert.DoesNotContain("planted-secret", text, StringComparison.Ordinal);
        });
    }
}
