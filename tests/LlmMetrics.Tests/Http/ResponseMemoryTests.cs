using System.IO.Compression;
using System.Text;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Http;

/// <summary>
/// What a response keeps while it is read, on the managed heap and outside it, beyond the same response without the
/// handler. Many are held at once, half read.
/// </summary>
[Collection(RunsAlone.Name)]
public class ResponseMemoryTests
{
    private const string BedrockUrl = "https://bedrock-runtime.us-east-1.amazonaws.com/model/claude/converse-stream";
    private const int KiB = 1024;
    private const int Held = 400;
    private const int Pairs = 3;
    private const int Events = 1_000;

    /// <summary>Half of them are just within what is decoded of Brotli.</summary>
    private const int FlushedEvents = 280;

    public static TheoryData<string> Encodings() => ["", "gzip", "deflate", "br", "br-small", "br-flushed", "frames"];

    [SkippableTheory]
    [MemberData(nameof(Encodings))]
    public async Task Response_HalfRead_KeepsAtMost64KiB(string kind)
    {
        Skip.If(NativeMemoryUse.Bytes is null, "Needs glibc, which tells what native decoders hold.");
        var body = Body(kind);
        var url = kind == "frames" ? BedrockUrl : Scenario.ChatUrl;
        using var runtime = RuntimeBuilder.Create();
        using var plain = new HttpClient(Handler(body, kind));
        using var wrapped = new HttpClient(new LlmMetricsHandler(runtime, Handler(body, kind)));
        _ = await HoldAsync(plain, url, body.Length, 4) + await HoldAsync(wrapped, url, body.Length, 4);

        var more = new List<long>();
        for (var i = 0; i < Pairs; i++)
        {
            var without = await HoldAsync(plain, url, body.Length, Held);
            var with = await HoldAsync(wrapped, url, body.Length, Held);
            more.Add((with - without) / Held);
        }

        // The process needs some megabytes of its own now and then, so many are held and the middle one counts.
        // Decoders keep a window, which shows that the measurement sees what is there.
        var least = kind is "gzip" or "deflate" or "br-small" or "br-flushed" ? 16 * KiB : -64 * KiB;
        Assert.InRange(more.Order().ElementAt(Pairs / 2), least, 64 * KiB);
    }

    private static ScriptedHandler Handler(byte[] body, string kind) => new(
        body, ChunkPlan.Of(1_000), kind == "frames" ? "application/vnd.amazon.eventstream" : "text/event-stream")
    {
        ContentEncoding = kind switch { "" or "frames" => null, "br-small" or "br-flushed" => "br", _ => kind },
    };

    /// <summary>What so many responses hold when each is read to its middle.</summary>
    private static async Task<long> HoldAsync(HttpClient client, string url, int length, int count)
    {
        var responses = new List<HttpResponseMessage>(count);
        var before = Use();
        var buffer = new byte[1_000];
        for (var i = 0; i < count; i++)
        {
            using var request = Scenario.Request(url);
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            responses.Add(response);
            var stream = await response.Content.ReadAsStreamAsync();
            for (var read = 0; read < length / 2;)
            {
                read += await stream.ReadAsync(buffer);
            }
        }

        var held = Use() - before;
        responses.ForEach(static response => response.Dispose());
        return held;
    }

    private static long Use()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true) + NativeMemoryUse.Bytes!.Value;
    }

    /// <summary>Events whose text does not repeat, so that a decoder's window fills.</summary>
    private static byte[] Body(string kind)
    {
        var random = new Random(1);
        using var text = new MemoryStream();
        var events = kind == "br-flushed" ? FlushedEvents : Events;
        for (var i = 0; i < events; i++)
        {
            var words = Convert.ToHexString(BitConverter.GetBytes(random.NextInt64()));
            var json = "{\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + words
                + "\"},\"finish_reason\":null}]}";
            text.Write(kind == "frames"
                ? BinaryFrames.Frame("contentBlockDelta", json)
                : Encoding.UTF8.GetBytes($"data: {json}\n\n"));
        }

        return kind is "" or "frames" ? text.ToArray() : Compress(text.ToArray(), kind);
    }

    private static byte[] Compress(byte[] text, string kind)
    {
        if (kind is "gzip" or "deflate")
        {
            return FixtureTests.Compress(text, kind);
        }

        if (kind == "br-flushed")
        {
            return Flushed(text);
        }

        // What servers use for what they compress as they send it, with the usual window and with a small one.
        var target = new byte[BrotliEncoder.GetMaxCompressedLength(text.Length)];
        Assert.True(BrotliEncoder.TryCompress(
            text, target, out var written, quality: 5, window: kind == "br-small" ? 14 : 22));
        return target[..written];
    }

    /// <summary>Event by event, as a stream is compressed.</summary>
    private static byte[] Flushed(byte[] text)
    {
        using var target = new MemoryStream();
        using (var stream = new BrotliStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var line in text.Chunk(text.Length / FlushedEvents))
            {
                stream.Write(line);
                stream.Flush();
            }
        }

        return target.ToArray();
    }
}
