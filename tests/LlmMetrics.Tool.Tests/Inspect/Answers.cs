using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using LlmMetrics.Testing;

namespace LlmMetrics.Tool.Tests;

/// <summary>Recorded answers in every framing, all of the same use: 1,000 in (600 cached), 50 out.</summary>
internal static class Answers
{
    public static string Chat { get; } = Read("chat.json");

    public static string ChatStream { get; } = Read("chat.sse");

    public static string Claude { get; } = Read("claude.sse");

    public static string GeminiArray { get; } = Read("gemini.json");

    public static string OllamaLines { get; } = Read("ollama.ndjson");

    public const string Refused = """{"error":{"message":"Slow down","type":"rate_limit_error","code":"limited"}}""";

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

    private static string Read(string name) =>
        File.ReadAllText(Repository.PathOf("tests/LlmMetrics.Tool.Tests/Inspect/Recorded/" + name));

    private static byte[] Frame(string type, string payload)
    {
        byte[] headers =
        [
            .. Header(":event-type", type), .. Header(":content-type", "application/json"),
            .. Header(":message-type", "event"),
        ];
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
        (byte)name.Length, .. Encoding.ASCII.GetBytes(name),
        7, 0, (byte)value.Length, .. Encoding.ASCII.GetBytes(value),
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
