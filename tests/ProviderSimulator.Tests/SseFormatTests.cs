using System.Text.Json;

namespace Simulator.Tests;

public sealed class SseFormatTests
{
    [Fact]
    public async Task ChatStream_WithIncludeUsage_EndsWithUsageChunkAndDone()
    {
        await using var running = await Running.StartAsync();

        var data = await DataAsync(running, Running.Chat("gpt-4o", "Hi", stream: true, usage: true), "tokens=4");

        Assert.Equal("[DONE]", data[^1]);
        var chunks = data.SkipLast(1).Select(static line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(4 + 3, chunks.Length);
        Assert.All(chunks.SkipLast(1), static c => Assert.Equal(JsonValueKind.Null, c.GetProperty("usage").ValueKind));
        Assert.Equal(0, chunks[^1].GetProperty("choices").GetArrayLength());
        var usage = chunks[^1].GetProperty("usage");
        Assert.Equal(4, usage.GetProperty("completion_tokens").GetInt32());
        Assert.Equal(
            usage.GetProperty("total_tokens").GetInt32(),
            usage.GetProperty("prompt_tokens").GetInt32() + usage.GetProperty("completion_tokens").GetInt32());
        Assert.Equal("stop", chunks[^2].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task ChatStream_WithoutIncludeUsage_NeverMentionsUsage()
    {
        await using var running = await Running.StartAsync();

        var data = await DataAsync(running, Running.Chat("gpt-4o", "Hi", stream: true), directives: null);

        Assert.Equal("[DONE]", data[^1]);
        Assert.DoesNotContain(data, static line => line.Contains("\"usage\"", StringComparison.Ordinal));
        Assert.Null((await running.SingleEntryAsync()).InputTokens);
    }

    [Fact]
    public async Task ChatStream_NoDone_EndsWithoutTerminalEvent()
    {
        await using var running = await Running.StartAsync();

        var data = await DataAsync(running, Running.Chat("gpt-4o", "Hi", stream: true), "no-done");

        Assert.DoesNotContain("[DONE]", data);
        Assert.Equal(LedgerOutcome.Completed, (await running.SingleEntryAsync()).Outcome);
    }

    [Fact]
    public async Task ChatStream_UnusualSyntax_CarriesTheSameText()
    {
        await using var running = await Running.StartAsync();
        using var response = await running.SendAsync(
            Running.Chat("gpt-4o", "Hi", stream: true, usage: true), "crlf, comments, no-space, split");

        var body = await response.Content.ReadAsStringAsync();

        Assert.StartsWith(": keep-alive\r\n\r\ndata:{", body, StringComparison.Ordinal);
        Assert.EndsWith("data:[DONE]\r\n\r\n", body, StringComparison.Ordinal);
        Assert.Equal(
            System.Text.Encoding.UTF8.GetByteCount(body), (await running.SingleEntryAsync()).Bytes);
    }

    [Fact]
    public async Task AzureStream_FirstChunk_HasNoChoicesAndNoModel()
    {
        await using var running = await Running.StartAsync();
        var path = new Uri(running.Simulator.Root, "openai/deployments/our-chat/chat/completions?api-version=x");

        var data = await DataAsync(
            running, Running.Chat("ignored", "Hi", stream: true, usage: true), directives: null, path.ToString());

        var first = JsonDocument.Parse(data[0]).RootElement;
        Assert.Equal(string.Empty, first.GetProperty("model").GetString());
        Assert.Equal(0, first.GetProperty("choices").GetArrayLength());
        var entry = await running.SingleEntryAsync();
        Assert.Equal("our-chat", entry.RequestedModel);
        Assert.Equal("gpt-4o-2024-08-06", entry.ServedModel);
    }

    [Fact]
    public async Task ResponsesStream_EventNames_MatchTheirType()
    {
        await using var running = await Running.StartAsync();
        using var response = await running.SendAsync(
            Running.Json("""{"model":"gpt-4o","input":"Hi","stream":true}"""), "tokens=2", "responses");

        var events = (await response.Content.ReadAsStringAsync())
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.All(events, static e =>
        {
            var lines = e.Split('\n');
            var type = JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement.GetProperty("type").GetString();
            Assert.Equal("event: " + type, lines[0]);
        });
        Assert.StartsWith("event: response.completed", events[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http2_ChatStream_ArrivesOverHttp2()
    {
        await using var running = await Running.StartAsync(static o => o.Http2 = true);
        using var client = running.NewHttp(running.Simulator.Http2BaseAddress!);
        using var request = new HttpRequestMessage(HttpMethod.Post, "chat/completions")
        {
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = Running.Chat("gpt-4o", "Hi", stream: true),
        };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(new Version(2, 0), response.Version);
        Assert.EndsWith("data: [DONE]\n\n", body, StringComparison.Ordinal);
    }

    private static async Task<string[]> DataAsync(
        Running running, HttpContent content, string? directives, string path = "chat/completions")
    {
        using var response = await running.SendAsync(content, directives, path);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var body = await response.Content.ReadAsStringAsync();
        return body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(static e => e["data: ".Length..])
            .ToArray();
    }
}
