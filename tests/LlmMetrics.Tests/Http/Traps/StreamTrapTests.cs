using System.Text;
using static LlmMetrics.Tests.Http.Traps.Exchange;

namespace LlmMetrics.Tests.Http.Traps;

/// <summary>What streams do to those who count.</summary>
public class StreamTrapTests
{
    private const string Start = """
        {"type":"message_start","message":{"model":"c",
        "usage":{"input_tokens":25,"cache_read_input_tokens":1800,"output_tokens":1}}}
        """;

    private const string Delta = """{"type":"content_block_delta","delta":{"text":"a"}}""";
    private const string End =
        """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}}""";
    private const string Stop = """{"type":"message_stop"}""";
    private const string Text = """{"choices":[{"delta":{"content":"a"}}],"usage":null}""";
    private const string Usage = "\"usage\":{\"prompt_tokens\":19,\"completion_tokens\":10,\"total_tokens\":29}";

    [Theory]
    [Trait(TrapNames.Trait, TrapNames.NullUsage)]
    [InlineData("{\"choices\":[]," + Usage + "}")]
    [InlineData("{\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]," + Usage + "}")]
    public async Task Usage_NullBeforeAndAfter_LastOneThatIsNotNullCounts(string usage)
    {
        var call = await ReadAsync(OpenAi, Events, Stream(Text, usage, Text, "[DONE]"));

        Assert.Equal((19, 10), (call.InputTokens, call.OutputTokens));
        Assert.Equal(UsageMissingReason.None, call.UsageMissing);
    }

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.Cumulative)]
    public async Task Usage_InEveryEvent_IsNotAddedUp()
    {
        var gemini = await ReadAsync(Gemini + "?alt=sse", Events, Stream(
            """
            {"candidates":[{}],
            "usageMetadata":{"promptTokenCount":8,"candidatesTokenCount":2,"totalTokenCount":10}}
            """,
            """
            {"candidates":[{"finishReason":"STOP"}],
            "usageMetadata":{"promptTokenCount":8,"candidatesTokenCount":40,"totalTokenCount":48}}
            """));
        var anthropic = await ReadAsync(Anthropic, Events, Stream(
            Start, Delta, """{"type":"message_delta","usage":{"input_tokens":25,"output_tokens":9}}""", End, Stop));
        var vllm = await ReadAsync("http://vllm:8000/v1/chat/completions", Events, Stream(
            """
            {"choices":[{"delta":{"content":"a"}}],
            "usage":{"prompt_tokens":7,"completion_tokens":1,"total_tokens":8}}
            """,
            """
            {"choices":[{"delta":{"content":"b"}}],
            "usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}
            """,
            "[DONE]"));

        Assert.Equal((8, 40), (gemini.InputTokens, gemini.OutputTokens));
        Assert.Equal((1825, 15), (anthropic.InputTokens, anthropic.OutputTokens));
        Assert.Equal((7, 2), (vllm.InputTokens, vllm.OutputTokens));
    }

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.Placeholder)]
    public async Task Usage_PlaceholderOfTheFirstEvent_IsReplacedFieldByField()
    {
        var whole = await ReadAsync(Anthropic, Events, Stream(Start, Delta, End, Stop));
        var cut = await ReadAsync(Anthropic, Events, Stream(Start, Delta));

        Assert.Equal((1825, 15, 1800), (whole.InputTokens, whole.OutputTokens, whole.CachedInputTokens));
        Assert.Equal((1825, null), (cut.InputTokens, cut.OutputTokens));
    }

    [Theory]
    [Trait(TrapNames.Trait, TrapNames.ErrorAfterOk)]
    [InlineData(
        Anthropic, "overloaded_error",
        """
        {"type":"error","error":{"type":"overloaded_error","message":"x"}}
        """)]
    [InlineData(
        "https://api.openai.com/v1/responses", "rate_limit_exceeded",
        """
        {"type":"error","code":"rate_limit_exceeded"}
        """)]
    [InlineData(
        "https://api.openai.com/v1/responses", "server_error",
        """
        {"type":"response.failed","response":{"error":{"code":"server_error"}}}
        """)]
    [InlineData(
        "https://openrouter.ai/api/v1/chat/completions", "502",
        """
        {"choices":[],"error":{"code":502,"message":"x"}}
        """)]
    [InlineData(
        "https://api.groq.com/openai/v1/chat/completions", "_OTHER",
        """
        {"choices":[],"x_groq":{"error":"over capacity"}}
        """)]
    public async Task Error_AfterStatus200_IsTheOutcome(string url, string type, string data)
    {
        var call = await ReadAsync(url, Events, Stream(data));

        Assert.Equal((LlmOutcome.Error, type, 200), (call.Outcome, call.ErrorType, call.StatusCode));
    }

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.ErrorAfterOk)]
    public async Task Error_LineOfOllama_IsTheOutcome()
    {
        const string body = "{\"message\":{\"content\":\"a\"},\"done\":false}\n{\"error\":\"out of memory\"}\n";

        var call = await ReadAsync("http://ollama:11434/api/chat", "application/x-ndjson", body);

        Assert.Equal(LlmOutcome.Error, call.Outcome);
    }

    [Theory]
    [Trait(TrapNames.Trait, TrapNames.EventSyntax)]
    [InlineData("data: {0}\n\n")]
    [InlineData("data:{0}\r\n\r\n")]
    [InlineData("data: {0}\r\r")]
    [InlineData("\uFEFFdata: {0}\n\n")]
    [InlineData(": OPENROUTER PROCESSING\n\n: keep-alive\n\ndata: {0}\n\n")]
    [InlineData("event: ping\ndata: {\"type\":\"ping\"}\n\nid: 1\nretry: 2\ndata: {0}\n\n")]
    [InlineData("data: {0}")]
    [InlineData("data: {\r\ndata: \"usage\":{\"prompt_tokens\":19,\r\ndata: \"completion_tokens\":10}}\r\n\r\n")]
    [InlineData("data: {\ndata: \"usage\":{\"prompt_tokens\":19,\ndata: \"completion_tokens\":10}\ndata: }\n\n")]
    public async Task Events_HoweverWritten_AreReadInAnyPieces(string syntax)
    {
        var data = "{\"id\":\"é🎉\",\"choices\":[]," + Usage + "}";
        var body = Encoding.UTF8.GetBytes(syntax.Replace("{0}", data, StringComparison.Ordinal));
        foreach (var plan in ChunkPlan.All)
        {
            var call = await ReadAsync(OpenAi, Events, body, plan);

            Assert.Equal((19, 10), (call.InputTokens, call.OutputTokens));
        }
    }

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.EventSyntax)]
    public async Task Events_OneOfManyMegabytes_IsReadThrough()
    {
        var image = new string('A', 4 << 20);
        var body = Stream("{\"choices\":[{\"delta\":{\"image\":\"" + image + "\"}}]," + Usage + "}", "[DONE]");

        var call = await ReadAsync(OpenAi, Events, Encoding.UTF8.GetBytes(body), ChunkPlan.Whole);

        Assert.Equal((19, 10), (call.InputTokens, call.OutputTokens));
    }

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.JsonArray)]
    public async Task Array_PrettyPrintedAndStreamed_LastItemCounts()
    {
        const string body = """
            [{
              "candidates": [ { "content": { "parts": [ { "text": "]}," } ] } } ],
              "usageMetadata": { "promptTokenCount": 8, "totalTokenCount": 8 }
            }
            ,
            {
              "candidates": [ { "finishReason": "STOP" } ],
              "usageMetadata": { "promptTokenCount": 8, "candidatesTokenCount": 40, "totalTokenCount": 48 }
            }
            ]
            """;

        var call = await ReadAsync(Gemini, Json, body);

        Assert.Equal((8, 40), (call.InputTokens, call.OutputTokens));
        Assert.True(call.IsStreaming);
    }

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.BinaryStream)]
    public async Task Frames_ReadOrUnknown_NeverZero()
    {
        const string url = "https://bedrock-runtime.us-east-1.amazonaws.com/model/m/converse-stream";
        const string type = "application/vnd.amazon.eventstream";
        var body = BinaryFrames.Of("event metadata {\"usage\":{\"inputTokens\":30,\"outputTokens\":62}}\n");
        var read = await ReadAsync(url, type, body);
        body[0] = 0xFF;
        var unread = await ReadAsync(url, type, body);

        Assert.Equal((30, 62), (read.InputTokens, read.OutputTokens));
        Assert.Equal((null, null), (unread.InputTokens, unread.OutputTokens));
        Assert.Equal(UsageMissingReason.Unparsed, unread.UsageMissing);
    }

    [Fact]
    [Trait(TrapNames.Trait, TrapNames.Abort)]
    public async Task Stream_BrokenOff_KeepsWhatIsKnownAndSaysSo()
    {
        var known = await BreakOffAsync(Anthropic, Stream(Start, Delta, End, Stop), 160);
        var unknown = await BreakOffAsync(OpenAi, Stream(Text, Text, "{\"choices\":[]," + Usage + "}", "[DONE]"), 60);

        Assert.Equal((LlmOutcome.Cancelled, UsageSource.Provider), (known.Outcome, known.UsageSource));
        Assert.Equal((1825, null), (known.InputTokens, known.OutputTokens));
        Assert.Equal((LlmOutcome.Cancelled, UsageSource.None), (unknown.Outcome, unknown.UsageSource));
        Assert.Equal((null, UsageMissingReason.Aborted), (unknown.InputTokens, unknown.UsageMissing));
    }
}
