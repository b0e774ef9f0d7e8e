using System.Text;

namespace LlmMetrics.Tests.Http;

public class LlmMetricsHandlerTests
{
    [Fact]
    public async Task SendAsync_StreamedChat_RecordsUsage()
    {
        var body = """
            data: {"id":"c1","model":"gpt-4o-2024-08-06","choices":[{"delta":{"role":"assistant","content":""}}],"usage":null}

            data: {"id":"c1","model":"gpt-4o-2024-08-06","choices":[{"delta":{"content":"Hi"}}],"usage":null}

            data: {"id":"c1","model":"gpt-4o-2024-08-06","service_tier":"default","choices":[],"usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29,"prompt_tokens_details":{"cached_tokens":4}}}

            data: [DONE]


            """;
        var log = new CallLog();
        using var inner = new ScriptedHandler(Encoding.UTF8.GetBytes(body), ChunkPlan.Of(7), "text/event-stream");
        using var client = new HttpClient(new LlmMetricsHandler(TestRuntime.Create(log), inner));
        using var content = new StringContent("""{"messages":[],"model":"gpt-4o","stream":true}""", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("https://api.openai.com/v1/chat/completions", content);

        Assert.Equal(body, await response.Content.ReadAsStringAsync());

        var call = log.Single;
        Assert.Equal("openai", call.Provider);
        Assert.Equal("gpt-4o", call.RequestModel);
        Assert.Equal("gpt-4o-2024-08-06", call.ResponseModel);
        Assert.Equal(LlmOutcome.Ok, call.Outcome);
        Assert.Equal(19, call.InputTokens);
        Assert.Equal(10, call.OutputTokens);
        Assert.Equal(4, call.CachedInputTokens);
        Assert.Equal("default", call.ServiceTier);
        Assert.True(call.IsStreaming);
        Assert.NotNull(call.TimeToFirstChunk);
        Assert.Equal(UsageSource.Provider, call.UsageSource);
    }
}
