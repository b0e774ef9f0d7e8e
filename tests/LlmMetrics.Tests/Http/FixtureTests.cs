using System.IO.Compression;
using System.Text;
using LlmMetrics.Http;
using LlmMetrics.Llm;

namespace LlmMetrics.Tests.Http;

public class FixtureTests
{
    public static TheoryData<string> Names() => Fixture.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Handler_AnyChunkPlan_PassesBytesAndReadsFigures(string name)
    {
        var fixture = Fixture.Get(name);
        foreach (var plan in ChunkPlan.All)
        {
            await VerifyAsync(fixture, fixture.Bytes, plan, null, $"{name} in pieces of {plan}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Handler_AnyFraming_ReadsFigures(string name)
    {
        var fixture = Fixture.Get(name);
        var framings = new Dictionary<string, string>
        {
            ["CRLF"] = fixture.Body.Replace("\n", "\r\n", StringComparison.Ordinal),
            ["CR"] = fixture.Body.Replace("\n", "\r", StringComparison.Ordinal),
            ["BOM"] = "\uFEFF" + fixture.Body,
            ["blank first"] = "\n\n" + fixture.Body,
            ["comments"] = fixture.IsEvents
                ? ": hi\n\n" + fixture.Body.Replace("\n\ndata", "\n\n: ping\ndata", StringComparison.Ordinal)
                : fixture.Body,
            ["no space"] = fixture.Body.Replace("\ndata: ", "\ndata:", StringComparison.Ordinal),
        };
        foreach (var (framing, body) in framings)
        {
            foreach (var plan in new[] { ChunkPlan.Of(1), ChunkPlan.Of(5), ChunkPlan.Whole })
            {
                var how = $"{name} with {framing} in pieces of {plan}";
                await VerifyAsync(fixture, Encoding.UTF8.GetBytes(body), plan, null, how);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Handler_CompressedBody_ReadsFiguresAndPassesBytes(string name)
    {
        var fixture = Fixture.Get(name);
        foreach (var encoding in new[] { "gzip", "br", "deflate" })
        {
            var body = Compress(fixture.Bytes, encoding);
            foreach (var plan in new[] { ChunkPlan.Of(1), ChunkPlan.Of(100), ChunkPlan.Whole })
            {
                await VerifyAsync(fixture, body, plan, encoding, $"{name} as {encoding} in pieces of {plan}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scanner_AnyChunkPlan_CountsChunks(string name)
    {
        var fixture = Fixture.Get(name);
        using var request = fixture.Request();
        Assert.True(new LlmEndpoints(new ProviderHosts([])).TryMatch(request, out var endpoint));
        foreach (var plan in ChunkPlan.All)
        {
            var events = new EventCount();
            var scanner = new BodyScanner();
            scanner.Start(endpoint.Protocol, events);
            var at = 0;
            foreach (var size in plan.Sizes())
            {
                var end = Math.Min(at + size, fixture.Bytes.Length);
                scanner.Feed(fixture.Bytes.AsSpan(at, end - at));
                at = end;
                if (at == fixture.Bytes.Length)
                {
                    break;
                }
            }

            scanner.End();
            Assert.Equal(fixture.Chunks ?? 0, events.Chunks);
        }
    }

    internal static byte[] Compress(byte[] body, string encoding)
    {
        using var target = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            stream.Write(body);
        }

        return target.ToArray();
    }

    private static async Task VerifyAsync(Fixture fixture, byte[] body, ChunkPlan plan, string? encoding, string how)
    {
        using var inner = new ScriptedHandler(body, plan, fixture.ContentType)
        {
            ContentEncoding = encoding,
            Headers = fixture.Headers,
        };
        using var scenario = new Scenario(inner);
        using var request = fixture.Request();
        using var response = await scenario.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var target = new MemoryStream();
        await (await response.Content.ReadAsStreamAsync()).CopyToAsync(target);

        Assert.True(body.AsSpan().SequenceEqual(target.ToArray()), $"{how}: other bytes");
        Assert.Equal("asked", scenario.Log.Single.RequestModel);
        fixture.Verify(scenario.Log.Single, how);
    }

    private sealed class EventCount : IBodyEvents
    {
        public int Chunks { get; private set; }

        public void OnChunk() => Chunks++;

        public void OnEnd()
        {
            // The scanner tells the end by itself as well.
        }
    }
}
