namespace Simulator.Tests;

public sealed class ExchangeTests
{
    [Theory]
    [InlineData("abort-after=3", 3)]
    [InlineData("abort-after=99999", 5)]
    public async Task StallOrAbort_AbortedStream_CountsTheChunksThatTheClientGot(string directives, int expected)
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
    public async Task StallOrAbort_BeforeHeaders_HasNoStatus()
    {
        await using var running = await Running.StartAsync();

        await Assert.ThrowsAsync<HttpRequestException>(
            () => running.SendAsync(Running.Chat("gpt-4o", "Hi", stream: false), "abort-after=0"));

        var entry = await running.SingleEntryAsync();
        Assert.Null(entry.Status);
        Assert.Equal(LedgerOutcome.AbortedByServer, entry.Outcome);
    }

    [Fact]
    public async Task StallOrAbort_WholeAnswer_TellsNothing()
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
    public async Task StallOrAbort_ClientLeavesAStalledAnswer_IsClientGone(bool stream, int after)
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
    public async Task SendEvent_ErrorInsideTheStream_IsFailedWithStatus200()
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
    public async Task SendEvent_ResponsesFailed_IsFailedInStream()
    {
        await using var running = await Running.StartAsync();
        using var response = await running.SendAsync(
            Running.Json("""{"model":"gpt-4o","input":"Hi","stream":true}"""), "error-after=1", "responses");

        var body = await response.Content.ReadAsStringAsync();

        Assert.Contains("event: response.failed", body, StringComparison.Ordinal);
        Assert.Equal(LedgerOutcome.FailedInStream, (await running.SingleEntryAsync()).Outcome);
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
