using static LlmMetrics.Tests.Http.BinaryFrames;

namespace LlmMetrics.Tests.Http;

/// <summary>Bedrock's binary streams, through the handler in every chunk plan.</summary>
public class FrameScannerTests
{
    private const string Base = "https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude%3A0/";
    private const string Type = "application/vnd.amazon.eventstream";

    [Fact]
    public async Task Handler_ConverseStream_ReadsTheMetadata()
    {
        var body = Concat(
            Frame("messageStart", """{"role":"assistant"}"""),
            Frame("contentBlockDelta", """{"delta":{"text":"\"usage\":{\"inputTokens\":9}"},"contentBlockIndex":0}"""),
            Frame("contentBlockStop", """{"contentBlockIndex":0}"""),
            Frame("messageStop", """{"stopReason":"end_turn"}"""),
            Frame(
                "metadata",
                """{"usage":{"inputTokens":30,"outputTokens":62,"totalTokens":92,"cacheReadInputTokens":100}}"""));
        foreach (var plan in ChunkPlan.All)
        {
            var call = await SendAsync("converse-stream", body, plan);

            Assert.Equal("aws.bedrock", call.Provider);
            Assert.Equal("us.anthropic.claude:0", call.RequestModel);
            Assert.Equal((130, 62, 100), (call.InputTokens, call.OutputTokens, call.CachedInputTokens));
            Assert.Equal(LlmOutcome.Ok, call.Outcome);
            Assert.True(call.IsStreaming);
            Assert.NotNull(call.TimeToFirstChunk);
        }
    }

    [Fact]
    public async Task Handler_InvokeStream_ReadsTheLastChunk()
    {
        var body = Concat(
            Chunk("""{"type":"message_start","message":{"model":"claude","usage":{"input_tokens":3}}}"""),
            Chunk("""{"type":"content_block_delta","delta":{"text":"Hi"}}"""),
            Chunk("""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}}"""),
            Chunk("""{"amazon-bedrock-invocationMetrics":{"inputTokenCount":3,"outputTokenCount":15}}"""));
        foreach (var plan in ChunkPlan.All)
        {
            var call = await SendAsync("invoke-with-response-stream", body, plan);

            Assert.Equal("claude", call.ResponseModel);
            Assert.Equal((3, 15), (call.InputTokens, call.OutputTokens));
            Assert.Equal(LlmOutcome.Ok, call.Outcome);
        }
    }

    [Fact]
    public async Task Handler_Exception_IsError()
    {
        var body = Concat(
            Frame("contentBlockDelta", """{"delta":{"text":"a"}}"""),
            Frame("throttlingException", """{"message":"slow down"}""", ":exception-type"));

        var call = await SendAsync("converse-stream", body, ChunkPlan.Of(7));

        Assert.Equal((LlmOutcome.Error, "throttlingException"), (call.Outcome, call.ErrorType));
        Assert.Null(call.InputTokens);
    }

    [Fact]
    public async Task Handler_CutAnywhere_IsIncompleteOrUnparsedNeverZero()
    {
        var body = Concat(
            Frame("contentBlockDelta", """{"delta":{"text":"a"}}"""),
            Frame("metadata", """{"usage":{"inputTokens":30,"outputTokens":62}}"""));
        for (var length = 1; length < body.Length - 4; length++)
        {
            var call = await SendAsync("converse-stream", body[..length], ChunkPlan.Of(9));

            Assert.True(call.InputTokens is null or 30, $"cut at {length}");
            Assert.Equal(call.InputTokens is null, call.UsageMissing != UsageMissingReason.None);
        }
    }

    [Fact]
    public async Task Handler_NoFrames_IsUnparsed()
    {
        byte[] body = [0, 0, 0, 5, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4, 5, 6, 7, 8];

        var call = await SendAsync("converse-stream", body, ChunkPlan.Whole);

        Assert.Equal(UsageMissingReason.Unparsed, call.UsageMissing);
    }

    private static async Task<LlmCall> SendAsync(string path, byte[] body, ChunkPlan plan)
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        using var inner = new ScriptedHandler(body, plan, Type);
        using var client = new HttpClient(new LlmMetricsHandler(runtime, inner));
        using var content = new StringContent("""{"messages":[]}""");
        using var response = await client.PostAsync(new Uri(Base + path), content);
        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
        return log.Single;
    }
}
