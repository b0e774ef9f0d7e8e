namespace Simulator.Tests;

public sealed class LedgerTests
{
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
}
