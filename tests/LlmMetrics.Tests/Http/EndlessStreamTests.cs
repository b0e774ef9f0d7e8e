using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace LlmMetrics.Tests.Http;

/// <summary>
/// A thousand answers that never end, open at once and each read for a while: the memory of the whole process, native
/// memory of decompressors included, grows by no more than 64 MiB. No other test may run beside.
/// </summary>
[Collection(RunsAlone.Name)]
public class EndlessStreamTests
{
    private const int Streams = 1_000;
    private const int ReadOfEach = 64 * 1024;
    private const int Limit = 64 << 20;
    private const string Bedrock = "https://bedrock-runtime.us-east-1.amazonaws.com/model/m/converse-stream";

    public static TheoryData<string> Kinds() =>
        ["events", "comments", "line", "json", "frames", "gzip", "deflate", "br"];

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public async Task Response_ThousandEndlessAtOnce_CostLittleMemory(string kind)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the process's memory is read from /proc");
        var repeated = Bodies(kind);
        await OpenAsync(kind, repeated, null, 20);
        await OpenAsync(kind, repeated, new CallLog(), 20);
        var plain = await OpenAsync(kind, repeated, null, Streams);

        var log = new CallLog();
        var observed = await OpenAsync(kind, repeated, log, Streams);

        Assert.Equal(Streams, log.Calls.Count);
        Assert.All(log.Calls, static call => Assert.Null(call.InputTokens));
        Assert.Equal(0, LlmMetrics.Http.DecoderMemory.Taken);
        Assert.True(
            observed - plain < Limit,
            $"{Streams} {kind}: {(observed - plain) >> 20} MiB more than unwrapped ({plain >> 20} MiB)");
    }

    private static (byte[] Head, byte[] Piece) Bodies(string kind) => kind switch
    {
        "events" => ([], Utf8("data: {\"choices\":[{\"delta\":{\"content\":\"Hello there\"}}]}\n\n")),
        "comments" => ([], Utf8(": keep-alive\n\n")),
        "line" => (Utf8("data: {\"choices\":[{\"delta\":{\"content\":\""), Utf8("no end of this line")),
        "json" => (Utf8("{\"choices\":[{\"message\":{\"content\":\""), Utf8("no end of this text")),
        "frames" => ([], BinaryFrames.Frame("contentBlockDelta", """{"delta":{"text":"more"}}""")),
        _ => (Noise(kind), []),
    };

    /// <summary>Text that compresses no better than real text does, so that no bomb is suspected.</summary>
    private static byte[] Noise(string encoding)
    {
        var random = new Random(1);
        var text = new StringBuilder("{\"choices\":[{\"message\":{\"content\":\"");
        while (text.Length < 24 << 20)
        {
            text.Append(random.Next().ToString(CultureInfo.InvariantCulture)).Append(' ');
        }

        return FixtureTests.Compress(Utf8(text.ToString()), encoding);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<long> OpenAsync(
        string kind, (byte[] Head, byte[] Piece) body, CallLog? log, int streams)
    {
        using var runtime = log is null ? null : TestRuntime.Create(log);
        using var inner = new EndlessHandler(kind, body);
        using var client = new HttpClient(runtime is null ? inner : new LlmMetricsHandler(runtime, inner));
        var responses = new List<HttpResponseMessage>();
        var buffer = new byte[16 * 1024];
        var before = Resident();
        try
        {
            for (var i = 0; i < streams; i++)
            {
                using var request = Scenario.Request(kind == "frames" ? Bedrock : Scenario.ChatUrl);
                var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                responses.Add(response);
                var stream = await response.Content.ReadAsStreamAsync();
                for (var read = 0; read < ReadOfEach;)
                {
                    read += await stream.ReadAsync(buffer);
                }
            }

            return Resident() - before;
        }
        finally
        {
            responses.ForEach(static response => response.Dispose());
        }
    }

    private static long Resident()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[1];
        return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }

    private sealed class EndlessHandler(string kind, (byte[] Head, byte[] Piece) body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Stream stream = body.Piece.Length == 0
                ? new MemoryStream(body.Head, writable: false)
                : new RepeatingStream(body.Head, body.Piece, 1 << 30, []);
            var content = new ScriptedContent(stream);
            var type = kind switch
            {
                "events" or "comments" or "line" => "text/event-stream",
                "frames" => "application/vnd.amazon.eventstream",
                _ => "application/json",
            };
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            if (body.Piece.Length == 0)
            {
                content.Headers.ContentEncoding.Add(kind);
            }

            return Task.FromResult(new HttpResponseMessage { Content = content, RequestMessage = request });
        }
    }
}
