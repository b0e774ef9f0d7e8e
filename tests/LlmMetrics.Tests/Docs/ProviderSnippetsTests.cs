using System.Text;
using LlmMetrics.Tests.Http;

namespace LlmMetrics.Tests.Docs;

/// <summary>The code that docs/providers.md shows.</summary>
public sealed class ProviderSnippetsTests
{
    private const string Answer = """
        {"result":{"engine":"a-1","usage":{"in":10,"out":5,"cached":4,"thought":2}},"price":{"usd":0.5}}
        """;

    private const string Event = """
        {"type":"response.done","response":{"status":"completed","usage":{"input_tokens":7,"output_tokens":3}}}
        """;

    [Fact]
    public async Task Snippets_Run_ReadWhatThePageSays()
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        var options = new LlmMetricsHandlerOptions();

        // snippet:api
        options.Apis.Add(new LlmApi("acme", "/v2/generate")
        {
            Host = "llm.acme.com",
            ResponseModel = "result.engine",
            ErrorType = "failure.kind",
            IsCachedBesideInput = true,
            Figures =
            {
                ["result.usage.in"] = FactValue.InputTokens,
                ["result.usage.out"] = FactValue.OutputTokens,
                ["result.usage.cached"] = FactValue.CachedInputTokens,
                ["result.usage.thought"] = FactValue.ReasoningOutputTokens,
                ["price.usd"] = FactValue.CostUsd,
            },
        });
        // end-snippet

        using var inner = new ScriptedHandler(Encoding.UTF8.GetBytes(Answer), ChunkPlan.Whole, "application/json");
        using var client = new HttpClient(new LlmMetricsHandler(runtime, inner, options));
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("https://llm.acme.com/v2/generate"), content);
        var serverEvent = Encoding.UTF8.GetBytes(Event);

        // snippet:realtime
        // For every text message of the session's WebSocket:
        var session = new LlmCall { RequestModel = "gpt-realtime-mini", Feature = "voice" };
        var isResponse = runtime.RecordUsage(serverEvent, in session);
        // end-snippet

        Assert.True(isResponse);
        Assert.Equal(
            [("acme", "a-1", 14L, 5L), ("openai", "gpt-realtime-mini", 7L, 3L)],
            log.Calls.Select(static call => (
                call.Provider!,
                call.ResponseModel ?? call.RequestModel!,
                call.InputTokens!.Value,
                call.OutputTokens!.Value)));
    }
}
