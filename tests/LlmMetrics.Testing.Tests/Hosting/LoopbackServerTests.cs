using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LlmMetrics.Testing.Tests;

public sealed class LoopbackServerTests
{
    [Fact]
    public async Task StartAsync_TwoServers_HavePortsOfTheirOwn()
    {
        await using var one = await LoopbackServer.ServeTextAsync("/", "text/plain", static () => "one");
        await using var two = await LoopbackServer.ServeTextAsync("/", "text/plain", static () => "two");
        using var client = new HttpClient();
        Assert.Equal("one", await client.GetStringAsync(one.BaseAddress));
        Assert.Equal("two", await client.GetStringAsync(two.BaseAddress));
        Assert.NotEqual(one.Port, two.Port);
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(one.BaseAddress.Host)));
    }

    [Fact]
    public async Task StartAsync_Http2_SpeaksItWithoutTls()
    {
        await using var server = await LoopbackServer.StartAsync(
            static app => app.MapGet("/", static (Microsoft.AspNetCore.Http.HttpContext c) => c.Request.Protocol),
            protocols: HttpProtocols.Http2);
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20 };
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        Assert.Equal("HTTP/2", await client.GetStringAsync(server.BaseAddress));
    }
}
