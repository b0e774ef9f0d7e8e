using System.IO.Compression;
using System.Text;
using LlmMetrics.Http;
using LlmMetrics.Llm;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Http;

/// <summary>Bodies made to break a reader: all of them pass, and reading them costs no memory.</summary>
[Collection(RunsAlone.Name)]
public class HostileBodyTests
{
    private const string Usage = "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}";
    private const int Million = 1_000_000;

    public static TheoryData<string> Kinds() =>
    [
        "long-text", "long-line", "long-ignored-line", "comments", "no-blank-lines", "deep", "escapes", "long-key",
        "long-number", "many-members", "quotes", "long-model", "empty-events",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Scanner_HostileBody_ReadsItWithoutMemory(string kind)
    {
        var (head, piece, repeats, tail, input) = Body(kind);
        using var stream = new RepeatingStream(Bytes(head), Bytes(piece), repeats, Bytes(tail));
        var scanner = new BodyScanner();
        var events = new Ignoring();
        var buffer = new byte[64 * 1024];
        scanner.Start(OpenAiProtocols.Completions, events);
        scanner.Feed(buffer.AsSpan(0, stream.Read(buffer)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            scanner.Feed(buffer.AsSpan(0, read));
        }

        scanner.End();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024);
        Assert.Equal(input, scanner.Capture.Figure(LlmField.InputTokens));
    }

    [Fact]
    public Task Response_LongDocument_PassesWithItsUsage() => PassAsync(64L << 20);

    [LongFact]
    public Task Response_DocumentOf2Gigabytes_PassesWithItsUsage() => PassAsync(2L << 30);

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Decoder_Bomb_GivesUpAndPassesTheBytes(string encoding)
    {
        var bomb = Bomb(encoding);
        using var inner = new ScriptedHandler(bomb, ChunkPlan.Whole, "application/json") { ContentEncoding = encoding };
        using var scenario = new Scenario(inner);
        var before = GC.GetTotalAllocatedBytes();
        using var response = await scenario.SendAsync();
        using var target = new MemoryStream();
        await (await response.Content.ReadAsStreamAsync()).CopyToAsync(target);

        Assert.Equal(bomb, target.ToArray());
        Assert.Equal(UsageMissingReason.Unparsed, scenario.Log.Single.UsageMissing);
        Assert.Equal(LlmOutcome.Ok, scenario.Log.Single.Outcome);
        Assert.InRange(bomb.Length, 1, 100_000);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 40L << 20);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, br")]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Decoder_UnknownOrWrongEncoding_PassesTheBytesUnread(string encoding)
    {
        var body = Fixture.Get("openai-chat").Bytes;
        using var inner = new ScriptedHandler(body, ChunkPlan.Of(10), "application/json");
        using var content = new EncodedHandler(inner, encoding);
        using var scenario = new Scenario(content);
        using var response = await scenario.SendAsync();

        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(UsageMissingReason.Unparsed, scenario.Log.Single.UsageMissing);
        Assert.Null(scenario.Log.Single.InputTokens);
    }

    [Theory]
    [InlineData(15_000, 22, 1_000, true)]
    [InlineData(20_000, 22, 1_000, false)]
    [InlineData(20_000, 22, 1, false)]
    [InlineData(400_000, 14, 1_000, true)]
    [InlineData(400_000, 15, 1_000, false)]
    [InlineData(400_000, 24, 1_000, false)]
    public async Task Decoder_Brotli_ReadsWhatItsWindowAllows(int length, int window, int piece, bool isRead)
    {
        var content = new string('x', length);
        var text = Bytes("{\"choices\":[{\"message\":{\"content\":\"" + content + "\"}}]," + Usage + "}");
        var body = new byte[BrotliEncoder.GetMaxCompressedLength(text.Length)];
        Assert.True(BrotliEncoder.TryCompress(text, body, out var written, quality: 5, window));
        body = body[..written];
        using var inner = new ScriptedHandler(body, ChunkPlan.Of(piece), "application/json") { ContentEncoding = "br" };
        using var scenario = new Scenario(inner);
        using var response = await scenario.SendAsync();

        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(isRead ? 3 : null, scenario.Log.Single.InputTokens);
        Assert.Equal(
            isRead ? UsageMissingReason.None : UsageMissingReason.Unparsed, scenario.Log.Single.UsageMissing);
    }

    [Fact]
    public async Task Decoder_GzipOfTwoMembers_ReadsBoth()
    {
        var plain = Fixture.Get("openai-chat").Bytes;
        byte[] body =
        [
            .. FixtureTests.Compress(plain[..100], "gzip"), .. FixtureTests.Compress(plain[100..], "gzip"),
        ];
        foreach (var plan in new[] { ChunkPlan.Of(1), ChunkPlan.Of(90), ChunkPlan.Whole })
        {
            using var inner = new ScriptedHandler(body, plan, "application/json") { ContentEncoding = "gzip" };
            using var scenario = new Scenario(inner);
            using var response = await scenario.SendAsync();

            Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
            Assert.Equal(LlmOutcome.Ok, scenario.Log.Single.Outcome);
            Assert.NotNull(scenario.Log.Single.InputTokens);
        }
    }

    [Fact]
    public async Task Decoder_TruncatedBody_IsIncomplete()
    {
        var body = FixtureTests.Compress(Fixture.Get("openai-embeddings").Bytes, "gzip")[..^400];
        using var inner = new ScriptedHandler(body, ChunkPlan.Of(100), "application/json") { ContentEncoding = "gzip" };
        using var scenario = new Scenario(inner);
        using var response = await scenario.SendAsync();

        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(LlmOutcome.Incomplete, scenario.Log.Single.Outcome);
        Assert.Equal(UsageMissingReason.Aborted, scenario.Log.Single.UsageMissing);
    }

    [Fact]
    public async Task Response_HostileModel_IsBoundedText()
    {
        var model = "m\\u0000\\n\\\"\\ud800" + new string('é', 5000);
        var body = Encoding.UTF8.GetBytes("{\"model\":\"" + model + "\"," + Usage + "}");
        using var inner = new ScriptedHandler(body, ChunkPlan.Of(11), "application/json");
        using var scenario = new Scenario(inner);
        using var response = await scenario.SendAsync();
        await response.Content.LoadIntoBufferAsync();

        var read = scenario.Log.Single.ResponseModel!;
        Assert.StartsWith("m\0\n\"", read, StringComparison.Ordinal);
        Assert.InRange(read.Length, 100, 256);
        Assert.EndsWith("é", read, StringComparison.Ordinal);
        Assert.Equal(3, scenario.Log.Single.InputTokens);
    }

    private static async Task PassAsync(long length)
    {
        var piece = Bytes("lorem ipsum \\n dolor \\u00e9 sit amet, ");
        using var body = new RepeatingStream(
            Bytes("{\"choices\":[{\"message\":{\"content\":\""),
            piece,
            length / piece.Length,
            Bytes("\"}}]," + Usage + "}"));
        using var content = new ScriptedContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        using var answer = new HttpResponseMessage { Content = content };
        using var scenario = new Scenario(new WaitingHandler(response: answer));
        using var response = await scenario.SendAsync();
        var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[128 * 1024];
        var before = GC.GetTotalAllocatedBytes();
        var passed = 0L;
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            passed += read;
        }

        Assert.InRange(passed, length - piece.Length, length + 256);
        Assert.Equal(3, scenario.Log.Single.InputTokens);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 1 << 20);
    }

    private static (string Head, string Piece, long Repeats, string Tail, long? Input) Body(string kind) => kind switch
    {
        "long-text" => ("{\"choices\":[{\"message\":{\"content\":\"", "0123456789 lorem \\n ", 5 * Million,
            "\"}}]," + Usage + "}", 3),
        "long-line" => ("data: {\"choices\":[{\"delta\":{\"content\":\"", "x 123456789", 10 * Million,
            "\"}}]," + Usage + "}\n\n", 3),
        "long-ignored-line" => ("event: ", "abcdefghij", 10 * Million, "\ndata: {" + Usage + "}\n\n", 3),
        "comments" => ("data: {\"choices\":[{}]}\n\n", ": x\n", 5 * Million, "data: {" + Usage + "}\n\n", 3),
        "no-blank-lines" => ("", "data: {\"choices\":[{}]}\n", Million, "data: {" + Usage + "}\n", 3),
        "deep" => ("{\"a\":", "[", 20_000, new string(']', 20_000) + "," + Usage + "}", 3),
        "escapes" => ("{\"a\":\"", "\\\\", 2 * Million, "\"," + Usage + "}", 3),
        "long-key" => ("{\"", "usage", Million, "\":1," + Usage + "}", 3),
        "long-number" => ("{\"usage\":{\"prompt_tokens\":", "9", Million, "},\"x\":1}", null),
        "many-members" => ("{", "\"usage_\":{\"prompt_tokens\":9},", Million / 10, Usage + "}", 3),
        "quotes" => ("{\"a\":[", "\"\",", Million, "1]," + Usage + "}", 3),
        "long-model" => ("{\"model\":\"", "m", 10 * Million, "\"," + Usage + "}", 3),
        _ => ("data: {\"choices\":[{}]}\n\n", "data:\n\n", Million, "data: {" + Usage + "}\n\n", 3),
    };

    private static byte[] Bomb(string encoding)
    {
        using var target = new MemoryStream();
        using (Stream stream = encoding == "br"
            ? new BrotliStream(target, CompressionLevel.SmallestSize, leaveOpen: true)
            : new GZipStream(target, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var blanks = new byte[Million];
            blanks.AsSpan().Fill((byte)' ');
            for (var i = 0; i < 50; i++)
            {
                stream.Write(blanks);
            }

            stream.Write(Bytes("{" + Usage + "}"));
        }

        return target.ToArray();
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private sealed class Ignoring : IBodyEvents
    {
        public void OnChunk()
        {
            // Only what is read matters here.
        }

        public void OnEnd()
        {
            // As above.
        }
    }

    private sealed class EncodedHandler(HttpMessageHandler inner, string encoding) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            response.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
            return response;
        }
    }
}
