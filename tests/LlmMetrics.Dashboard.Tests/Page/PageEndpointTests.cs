using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LlmMetrics.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Page;

public sealed class PageEndpointTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Get_Data_TellsWhatWasMeasured()
    {
        await using var server = await PageServer.StartAsync(_time);
        server.Metrics().Record(new LlmCall
        {
            Provider = "openai", ResponseModel = "gpt-4o", Agent = "planner", InputTokens = 1000, OutputTokens = 100,
            Duration = TimeSpan.FromSeconds(2),
        });
        _time.Advance(TimeSpan.FromSeconds(5));

        using var data = await JsonAsync(server, "llm/data?minutes=5");
        var calls = data.RootElement.GetProperty("calls");

        Assert.Equal("shop", data.RootElement.GetProperty("service").GetString());
        Assert.Equal(1, calls.GetProperty("recent").GetProperty("calls").GetInt64());
        Assert.Equal("gpt-4o", calls.GetProperty("models")[0].GetProperty("name").GetString());
        Assert.Equal("planner", calls.GetProperty("agents")[0].GetProperty("name").GetString());

        // 1,000 × 2.5 and 100 × 10 dollars per million tokens.
        var cost = calls.GetProperty("total").GetProperty("costUsd").GetDouble();
        Assert.Equal(0.0035, cost, 9);
        Assert.Equal(0, data.RootElement.GetProperty("activeCalls").GetInt64());
    }

    [Fact]
    public async Task Get_Metrics_ListsThemWithTheirSeries()
    {
        await using var server = await PageServer.StartAsync();
        server.Metrics().Business.Counter("orders", tagNames: ["country"]).Add(3, "fr");
        server.Metrics().Record(new LlmCall { Provider = "openai", Duration = TimeSpan.FromSeconds(1) });

        using var metrics = await JsonAsync(server, "llm/metrics");
        var byName = metrics.RootElement.EnumerateArray().ToDictionary(
            static metric => metric.GetProperty("name").GetString()!, StringComparer.Ordinal);

        var orders = byName.Single(static metric => metric.Key.EndsWith("orders", StringComparison.Ordinal)).Value;
        Assert.Equal(3, orders.GetProperty("series")[0].GetProperty("value").GetDouble());
        Assert.Equal("fr", orders.GetProperty("series")[0].GetProperty("tags").GetProperty("country").GetString());
        var duration = byName["gen_ai.client.operation.duration"].GetProperty("series")[0];
        Assert.Equal(1, duration.GetProperty("count").GetInt64());
        Assert.InRange(duration.GetProperty("p50").GetDouble(), 0.5, 1.3);
    }

    [Fact]
    public async Task Get_NamesOfAnyKind_AreValidJson()
    {
        await using var server = await PageServer.StartAsync();
        string[] names = ["</script><img src=x onerror=alert(1)>", "\ud800 alone", "nul\0", "quote\"\\\n"];
        foreach (var name in names)
        {
            server.Metrics().Record(new LlmCall { ResponseModel = name, Agent = name });
        }

        using var data = await JsonAsync(server, "llm/data");
        using var metrics = await JsonAsync(server, "llm/metrics");

        Assert.Equal(names.Length, data.RootElement.GetProperty("calls").GetProperty("agents").GetArrayLength());
    }

    [Theory]
    [InlineData("llm/", "text/html")]
    [InlineData("llm/files/page.js", "text/javascript")]
    [InlineData("llm/files/charts.js", "text/javascript")]
    [InlineData("llm/files/page.css", "text/css")]
    [InlineData("llm/files/uPlot.iife.min.js", "text/javascript")]
    [InlineData("llm/files/uPlot.min.css", "text/css")]
    [InlineData("llm/data", "application/json")]
    public async Task Get_EachPart_ComesWithItsTypeAndAStrictPolicy(string path, string type)
    {
        await using var server = await PageServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        using var answer = await http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llm/files/..%2fpage.js")]
    [InlineData("llm/files/nothing.js")]
    [InlineData("llm/files/uPlot.exe")]
    public async Task Get_AnotherFile_IsNotFound(string path)
    {
        await using var server = await PageServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        using var answer = await http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Get_FileAgain_IsNotSentTwice()
    {
        await using var server = await PageServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        using var first = await http.GetAsync("llm/files/page.css");
        using var request = new HttpRequestMessage(HttpMethod.Get, "llm/files/page.css");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Get_FilesOfAPage_AreSmall()
    {
        await using var server = await PageServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        http.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        var bytes = 0;
        string[] files = ["", "files/page.js", "files/charts.js", "files/page.css", "files/uPlot.iife.min.js"];
        foreach (var file in files)
        {
            using var answer = await http.GetAsync("llm/" + file);
            Assert.Contains("gzip", answer.Content.Headers.ContentEncoding);
            bytes += (await answer.Content.ReadAsByteArrayAsync()).Length;
        }

        Assert.InRange(bytes, 10_000, 60 * 1024);
    }

    [Theory]
    [InlineData(null, "llm", "/llm/")]
    [InlineData("/a/b", "a/b/llm", "/a/b/llm/")]
    [InlineData("/a/b", "a/b/llm?minutes=15", "/a/b/llm/?minutes=15")]
    public async Task Get_WithoutSlash_GoesToThePageAtAnyPath(string? pathBase, string path, string expected)
    {
        await using var server = await PageServer.StartAsync(pathBase: pathBase);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        using var answer = await http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(expected, answer.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Contains("files/page.js", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_Page_HasNoBody()
    {
        await using var server = await PageServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        using var answer = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "llm/"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Content.Headers.ContentLength > 500);
    }

    [Theory]
    [InlineData("llm/")]
    [InlineData("llm/data")]
    [InlineData("llm/metrics")]
    [InlineData("llm/files/page.js")]
    public async Task Get_NobodyHasDecidedWhoMaySee_IsRefused(string path)
    {
        await using var server = await PageServer.StartAsync(page: static _ => { });
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        using var answer = await http.GetAsync(path);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(
            "RequireAuthorization", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_InDevelopment_IsShown()
    {
        await using var server = await PageServer.StartAsync(page: static _ => { }, environment: "Development");
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        using var answer = await http.GetAsync("llm/");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Get_FallbackPolicyThatAllows_IsShown()
    {
        await using var server = await PageServer.StartAsync(
            page: static _ => { },
            build: static builder => builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(
                new AuthorizationPolicyBuilder().RequireAssertion(static _ => true).Build()));
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        using var answer = await http.GetAsync("llm/");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task MapLlmDashboard_WithoutItsServices_SaysWhatToCall()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        var error = Assert.Throws<InvalidOperationException>(() => app.MapLlmDashboard());

        Assert.Contains("AddDashboard()", error.Message, StringComparison.Ordinal);
    }

    private static async Task<JsonDocument> JsonAsync(LoopbackServer server, string path)
    {
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        return JsonDocument.Parse(await http.GetStringAsync(path));
    }
}
