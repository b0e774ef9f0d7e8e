using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace LlmMetrics.Tool.Tests;

/// <summary>Recorded answers in every framing, all of the same use: 1,000 in (600 cached), 50 out.</summary>
internal static class Answers
{
    public const string Chat = """
        {"id":"c1","object":"chat.completion","model":"gpt-4o-2024-08-06","choices":[{"message":{"role":"assistant",
        "content":"{\"usage\":{\"prompt_tokens\":9}}"},"finish_reason":"stop"}],
        "usage":{"prompt_tokens":1000,"completion_tokens":50,"total_tokens":1050,
        "prompt_tokens_details":{"cached_tokens":600},"completion_tokens_details":{"reasoning_tokens":20}}}
        """;

    public const string ChatStream = """
        data: {"object":"chat.completion.chunk","model":"gpt-4o-2024-08-06","choices":[{"delta":{"content":"Hi"}}],"usage":null}

        data: {"object":"chat.completion.chunk","model":"gpt-4o-2024-08-06","choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":50,"total_tokens":1050,"prompt_tokens_details":{"cached_tokens":600}}}

        data: [DONE]


        """;

    public const string Claude = """
        event: message_start
        data: {"type":"message_start","message":{"id":"m1","model":"claude-3-5-haiku-20241022","usage":{"input_tokens":400,"cache_read_input_tokens":600,"cache_creation_input_tokens":0,"output_tokens":1}}}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":50}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    public const string GeminiArray = """
        [{"candidates":[{"content":{"parts":[{"text":"Hi"}]}}],"usageMetadata":{"promptTokenCount":1000},"modelVersion":"gemini-2.5-flash"}
        ,{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1000,"cachedContentTokenCount":600,"candidatesTokenCount":30,"thoughtsTokenCount":20,"totalTokenCount":1050},"modelVersion":"gemini-2.5-flash"}
        ]
        """;

    public const string OllamaLines = """
        {"model":"llama3.2","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"Hi"},"done":false}
        {"model":"llama3.2","created_at":"2026-01-01T00:00:00Z","message":{"content":""},"done":true,"done_reason":"stop","prompt_eval_count":1000,"eval_count":50}

        """;

    public const string Refused = """{"error":{"message":"Slow down","type":"rate_limit_error","code":"rate_limited"}}""";

    /// <summary>Amazon's binary frames, as ConverseStream sends them.</summary>
    public static byte[] Converse { get; } =
    [
        .. Frame("messageStart", """{"role":"assistant"}"""),
        .. Frame("contentBlockDelta", """{"delta":{"text":"Hi"},"contentBlockIndex":0}"""),
        .. Frame("messageStop", """{"stopReason":"end_turn"}"""),
        .. Frame("metadata",
            """{"usage":{"inputTokens":400,"outputTokens":50,"cacheReadInputTokens":600,"totalTokens":1050}}"""),
    ];

    public static byte[] Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }

    private static byte[] Frame(string type, string payload)
    {
        byte[] headers =
            [.. Header(":event-type", type), .. Header(":content-type", "application/json"), .. Header(":message-type", "event")];
        var body = Encoding.UTF8.GetBytes(payload);
        var frame = new byte[12 + headers.Length + body.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), Crc(frame.AsSpan(0, 8)));
        headers.CopyTo(frame, 12);
        body.CopyTo(frame, 12 + headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(frame.Length - 4), Crc(frame.AsSpan(0, frame.Length - 4)));
        return frame;
    }

    private static byte[] Header(string name, string value) =>
    [
        (byte)name.Length, .. Encoding.ASCII.GetBytes(name), 7, 0, (byte)value.Length, .. Encoding.ASCII.GetBytes(value),
    ];

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
