using System.Net;
using System.Text.Json;

namespace Simulator.Tests;

public sealed class DispatcherTests
{
    [Fact]
    public async Task Handle_RateLimited_CarriesTheHeaders()
    {
        await using var running = await Running.StartAsync(static o => o.Speed = 1000);
        using var response = await running.SendAsync(Running.Chat("gpt-4o", "Hi", stream: true), "status=429");

        var entry = await running.SingleEntryAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("1", response.Headers.GetValues("retry-after").Single());
        Assert.Equal("1", response.Headers.GetValues("retry-after-ms").Single());
        Assert.Equal("0", response.Headers.GetValues("x-ratelimit-remaining-requests").Single());
        Assert.Equal(entry.Id, response.Headers.GetValues("x-request-id").Single());
        Assert.True(entry.RateLimited);
    }

    [Theory]
    [InlineData("chat/completions", "{\"model\":\"gpt-4o\"", 400)]
    [InlineData("chat/completions", "[]", 400)]
    [InlineData("chat/completions", "{\"messages\":[{\"content\":\"a\"}]}", 400)]
    [InlineData("chat/completions", "{\"model\":\"gpt-4o\"}", 400)]
    [InlineData("nowhere", "{}", 404)]
    public async Task Handle_BadRequest_IsRejected(string path, string body, int status)
    {
        await using var running = await Running.StartAsync();
        using var response = await running.SendAsync(Running.Json(body), directives: null, path);

        var entry = await running.SingleEntryAsync();
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status, entry.Status);
        Assert.Equal(LedgerOutcome.Rejected, entry.Outcome);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("invalid_request_error", json.RootElement.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Handle_UnknownDirective_IsRejectedWithItsName()
    {
        await using var running = await Running.StartAsync();
        using var response = await running.SendAsync(Running.Chat("gpt-4o", "Hi", stream: false), "abort-affter=3");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("abort-affter=3", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_DirectiveInTheModelName_IsObeyed()
    {
        await using var running = await Running.StartAsync();
        using var response = await running.SendAsync(Running.Chat("gpt-4o#tokens=7", "Hi", stream: false));

        var entry = await running.SingleEntryAsync();
        Assert.Equal(7, entry.OutputTokens);
        Assert.Equal("gpt-4o#tokens=7", entry.RequestedModel);
        Assert.Equal("gpt-4o-2024-08-06", entry.ServedModel);
    }
}
