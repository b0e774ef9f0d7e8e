using System.Text;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Llm;

/// <summary>Realtime sessions over WebSocket; the example is the one in docs/providers.md.</summary>
public class RealtimeUsageTests
{
    private const string Done = """
        {"type":"response.done","event_id":"e","response":{"object":"realtime.response","id":"resp_1",
        "status":"completed","status_details":null,
        "output":[{"type":"message","content":[{"transcript":"usage","usage":{"input_tokens":9}}]}],
        "usage":{"total_tokens":1200,"input_tokens":1000,"output_tokens":200,
        "input_token_details":{"text_tokens":300,"audio_tokens":600,"image_tokens":100,"cached_tokens":400,
        "cached_tokens_details":{"text_tokens":100,"audio_tokens":250,"image_tokens":50}},
        "output_token_details":{"text_tokens":50,"audio_tokens":150}}}}
        """;

    [Fact]
    public void RecordUsage_ResponseDone_HasEveryKindOfToken()
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);

        Assert.True(OnServerEvent(runtime, Encoding.UTF8.GetBytes(Done)));

        var call = log.Single;
        Assert.Equal(("openai", "realtime", "gpt-realtime-mini"), (call.Provider, call.Operation, call.RequestModel));
        Assert.Equal((1000, 200), (call.InputTokens, call.OutputTokens));
        Assert.Equal((600, 100, 400), (call.InputAudioTokens, call.InputImageTokens, call.CachedInputTokens));
        Assert.Equal((250, 50), (call.CachedInputAudioTokens, call.CachedInputImageTokens));
        Assert.Equal(150, call.OutputAudioTokens);
        Assert.Equal((LlmOutcome.Ok, UsageSource.Provider), (call.Outcome, call.UsageSource));
    }

    [Fact]
    public void RecordUsage_ResponseDone_IsPricedByKind()
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        OnServerEvent(runtime, Encoding.UTF8.GetBytes(Done));

        // Per million: text 0.6, cached 0.06, out 2.4; audio 10, cached 0.3, out 20; image 0.8, cached 0.08.
        const double expected = ((200 * 0.6) + (100 * 0.06) + (350 * 10) + (250 * 0.3) + (50 * 0.8) + (50 * 0.08)
            + (50 * 2.4) + (150 * 20)) / 1e6;
        Assert.Equal(expected, log.Single.CostUsd!.Value, 12);
    }

    [Theory]
    [InlineData("completed", "null", LlmOutcome.Ok, null)]
    [InlineData("cancelled", """{"type":"cancelled","reason":"turn_detected"}""", LlmOutcome.Cancelled, null)]
    [InlineData("incomplete", """{"type":"incomplete","reason":"max_output_tokens"}""", LlmOutcome.Incomplete, null)]
    [InlineData(
        "failed", """{"type":"failed","error":{"type":"server_error","code":"rate_limit_exceeded"}}""",
        LlmOutcome.Error, "rate_limit_exceeded")]
    public void RecordUsage_Status_IsTheOutcome(string status, string details, LlmOutcome outcome, string? error)
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        var json = "{\"type\":\"response.done\",\"response\":{\"status\":\"" + status
            + "\",\"status_details\":" + details + "}}";

        Assert.True(OnServerEvent(runtime, Encoding.UTF8.GetBytes(json)));

        Assert.Equal((outcome, error), (log.Single.Outcome, log.Single.ErrorType));
        Assert.Equal(
            outcome == LlmOutcome.Ok ? UsageMissingReason.NotReported : UsageMissingReason.Aborted,
            log.Single.UsageMissing);
        Assert.Null(log.Single.InputTokens);
    }

    [Theory]
    [InlineData("""{"type":"session.created","session":{"model":"gpt-realtime"}}""")]
    [InlineData("""{"type":"response.created","response":{"usage":{"input_tokens":1}}}""")]
    [InlineData("""{"type":"response.output_text.delta","delta":"\"type\":\"response.done\""}""")]
    [InlineData("""{"item":{"type":"response.done","usage":{"input_tokens":1}},"type":"conversation.item.done"}""")]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    public void RecordUsage_OtherEvent_IsPassedOver(string json)
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);

        Assert.False(OnServerEvent(runtime, Encoding.UTF8.GetBytes(json)));
        Assert.Empty(log.Calls);
    }

    [Fact]
    public void RecordUsage_CutAnywhere_IsWholeOrMissing()
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        var json = Encoding.UTF8.GetBytes(Done);
        for (var length = 0; length < json.Length; length++)
        {
            var before = log.Calls.Count;
            if (!OnServerEvent(runtime, json.AsSpan(0, length)))
            {
                Assert.Equal(before, log.Calls.Count);
                continue;
            }

            var call = log.Calls.Last();
            Assert.True(call.InputTokens is null or 1000, $"cut at {length}");
            Assert.Equal(call.InputTokens is null, call.UsageMissing == UsageMissingReason.Unparsed);
        }

        Assert.NotEmpty(log.Calls);
    }

    [Fact]
    public void RecordUsage_EventWithoutUsage_DoesNotTakeTheCallersTokens()
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        var known = new LlmCall { RequestModel = "m", InputTokens = 5, OutputTokens = 6, CachedInputAudioTokens = 1 };

        runtime.RecordUsage("""{"type":"response.done","response":{"status":"completed"}}"""u8, in known);

        Assert.Equal((null, null), (log.Single.InputTokens, log.Single.OutputTokens));
        Assert.Null(log.Single.CachedInputAudioTokens);
        Assert.Equal(UsageMissingReason.NotReported, log.Single.UsageMissing);
    }

    [Fact]
    public void RecordUsage_Repeated_AllocatesNothing()
    {
        using var runtime = RuntimeBuilder.Create();
        var json = Encoding.UTF8.GetBytes(Done);
        var known = new LlmCall { RequestModel = "gpt-realtime-mini" };

        Assert.Equal(0, Allocations.Measure(() => runtime.RecordUsage(json, in known)));
    }

    private static bool OnServerEvent(LlmMetricsRuntime runtime, ReadOnlySpan<byte> serverEvent)
    {
        // snippet:realtime
        // For every text message of the session's WebSocket:
        var session = new LlmCall { RequestModel = "gpt-realtime-mini", Feature = "voice" };
        var isResponse = runtime.RecordUsage(serverEvent, in session);
        // end-snippet
        return isResponse;
    }
}
