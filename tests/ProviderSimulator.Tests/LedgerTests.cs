using System.Net;
using System.Text.Json;

namespace Simulator.Tests;

public sealed class LedgerTests
{
    [Theory]
    [InlineData("abort-after=3", 3)]
    [InlineData("abort-after=99999", 5)]
    public async Task Entries_AbortedStream_CountsTheChunksThatTheClientGot(string directives, int expected)
    {
        await using var running = await Running.StartAsync();
        using var response = await running.SendAsync(
            Running.Chat("gpt-4o", "Hi", stream: true, usage: true), directives + "; tokens=5");
        var (contents, error) = await ReadContentsAsync(response);

        var entry = await running.SingleEntryAsync();
        Assert.NotNull(error);
        Assert.Equal(expected, contents);
        Assert.Equal(expected, entry.Chunks);
        Assert.Equal(LedgerOutcome.AbortedByServer, entry.Outcome);
        Assert.Equal(200, entry.Status);
        Assert.Equal("gpt-4o-2024-08-06", entry.ServedModel);
        Assert.Null(entry.InputTokens);
    }

    [Fact]
    public async Task Entries_AbortedBeforeHeaders_HasNoStatus()
    {
        await using var running = await Running.StartAsync();

        await Assert.ThrowsAsync<HttpRequestException>(
            () => running.SendAsync(Running.Chat("gpt-4o", "Hi", stream: false), "abort-after=0"));

        var entry = await running.SingleEntryAsync();
        Assert.Null(entry.Status);
        Assert.Equal(LedgerOutcome.AbortedByServer, entry.Outcome);
    }

    [Fact]
    public async Task Entries_AbortedWholeAnswer_TellsNothing()
    {
        await using var running = await Running.StartAsync();
        using var response = await running.SendAsync(Running.Chat("gpt-4o", "Hi", stream: false), "abort-after=1");

        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync());

        var entry = await running.SingleEntryAsync();
        Assert.Equal(200, entry.Status);
        Assert.True(entry.Bytes > 0);
        Assert.Null(entry.InputTokens);
        Assert.Equal(LedgerOutcome.AbortedByServer, entry.Outcome);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    public async Task Entries_ClientLeavesAStalledAnswer_IsClientGone(bool stream, int after)
    {
        await using var running = await Running.StartAsync();
        using var cancel = new CancellationTokenSource();
        var sending = ReadUntilCancelledAsync(running, stream, after, cancel.Token);
        while (running.Simulator.Ledger.Begun == 0)
        {
            await Task.Yield();
        }

        await (after > 0 ? sending.Reached : Task.CompletedTask).WaitAsync(Running.Patience);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.Done);

        var entry = await running.SingleEntryAsync();
        Assert.Equal(LedgerOutcome.ClientGone, entry.Outcome);
        Assert.Equal(after, entry.Chunks);
        Assert.Equal(after > 0 ? 200 : null, entry.Status);
        Assert.Null(entry.InputTokens);
    }

    [Fact]
    public async Task Entries_ErrorInsideTheStream_IsFailedWithStatus200()
    {
        await using var running = await Running.StartAsync();
        using var response = await running.SendAsync(
            Running.Chat("gpt-4o", "Hi", stream: true, usage: true), "error-after=1");

        var body = await response.Content.ReadAsStringAsync();

        var entry = await running.SingleEntryAsync();
        Assert.Contains("\"error\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
        Assert.Equal(LedgerOutcome.FailedInStream, entry.Outcome);
        Assert.Equal("server_error", entry.ErrorType);
        Assert.Equal(200, entry.Status);
        Assert.Equal(1, entry.Chunks);
    }

    [Fact]
    public async Task Entries_ResponsesFailed_IsFailedInStream()
    {
        await using var running = await Running.StartAsync();
        using var response = await running.SendAsync(
            Running.Json("""{"model":"gpt-4o","input":"Hi","stream":true}"""), "error-after=1", "responses");

        var body = await response.Content.ReadAsStringAsync();

        Assert.Contains("event: response.failed", body, StringComparison.Ordinal);
        Assert.Equal(LedgerOutcome.FailedInStream, (await running.SingleEntryAsync()).Outcome);
    }

    [Theory]
    [InlineData(false, "chat/completions")]
    [InlineData(true, "chat/completions")]
    [InlineData(false, "responses")]
    [InlineData(false, "embeddings")]
    public async Task Entries_NoUsage_TellsNoTokensButCompletes(bool stream, string path)
    {
        await using var running = await Running.StartAsync();
        var flag = stream ? "true" : "false";
        var body = Running.Json($$"""
            {"model":"m","input":"a","messages":[{"content":"a"}],"stream":{{flag}},
            "stream_options":{"include_usage":true} }
            """);
        using var response = await running.SendAsync(body, "no-usage", path);

        var text = await response.Content.ReadAsStringAsync();

        var entry = await running.SingleEntryAsync();
        Assert.DoesNotContain("total_tokens", text, StringComparison.Ordinal);
        Assert.Null(entry.InputTokens);
        Assert.Null(entry.OutputTokens);
        Assert.Equal(LedgerOutcome.Completed, entry.Outcome);
    }

    [Fact]
    public async Task Entries_RateLimited_CarriesTheHeaders()
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
    public async Task Entries_BadRequest_IsRejected(string path, string body, int status)
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
    public async Task Entries_UnknownDirective_IsRejectedWithItsName()
    {
        await using var running = await Running.StartAsync();
        using var response = await running.SendAsync(Running.Chat("gpt-4o", "Hi", stream: false), "abort-affter=3");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("abort-affter=3", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_DirectiveInTheModelName_IsObeyed()
    {
        await using var running = await Running.StartAsync();
        using var response = await running.SendAsync(Running.Chat("gpt-4o#tokens=7", "Hi", stream: false));

        var entry = await running.SingleEntryAsync();
        Assert.Equal(7, entry.OutputTokens);
        Assert.Equal("gpt-4o#tokens=7", entry.RequestedModel);
        Assert.Equal("gpt-4o-2024-08-06", entry.ServedModel);
    }

    [Fact]
    public async Task Entries_SystemPromptSentAgain_IsReadFromTheCache()
    {
        await using var running = await Running.StartAsync();
        var prefix = new string('a', 4 * 1100);
        foreach (var question in new[] { "one", "two", "three" })
        {
            using var body = Running.Json($$"""
                {"model":"gpt-4o","messages":[
                {"role":"system","content":"{{prefix}}"},{"role":"user","content":"{{question}}"}]}
                """);
            using var response = await running.SendAsync(body);
            await response.Content.ReadAsStringAsync();
        }

        var cached = (await running.EntriesAsync()).Select(static e => e.CachedTokens);

        Assert.Equal([0, 1024, 1024], cached);
    }

    [Fact]
    public async Task Totals_BeyondTheCapacity_StayExact()
    {
        await using var running = await Running.StartAsync(static o => o.LedgerCapacity = 2);
        for (var count = 0; count < 5; count++)
        {
            using var response = await running.SendAsync(Running.Chat("gpt-4o", "Hi", stream: false), "tokens=3");
            await response.Content.ReadAsStringAsync();
        }

        Assert.Equal(2, (await running.EntriesAsync()).Count);
        var total = Assert.Single(running.Simulator.Ledger.Totals);
        Assert.Equal(5, total.Requests);
        Assert.Equal(5, total.WithUsage);
        Assert.Equal(15, total.OutputTokens);
    }

    private static (Task Reached, Task Done) ReadUntilCancelledAsync(
        Running running, bool stream, int after, CancellationToken token)
    {
        var reached = new TaskCompletionSource();
        return (reached.Task, ReadAsync());

        async Task ReadAsync()
        {
            using var response = await running.SendAsync(
                Running.Chat("gpt-4o", "Hi", stream), $"stall-after={after}", token: token);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(token));
            var contents = 0;
            while (await reader.ReadLineAsync(token) is { } line)
            {
                contents += line.Contains("\"delta\":{\"content\":", StringComparison.Ordinal) ? 1 : 0;
                if (contents == after)
                {
                    reached.TrySetResult();
                }
            }
        }
    }

    private static async Task<(int Contents, Exception? Error)> ReadContentsAsync(HttpResponseMessage response)
    {
        var contents = 0;
        try
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync() is { } line)
            {
                contents += line.Contains("\"delta\":{\"content\":", StringComparison.Ordinal) ? 1 : 0;
            }
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return (contents, error);
        }

        return (contents, null);
    }
}
