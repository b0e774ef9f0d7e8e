using System.IO.Compression;
using LlmMetrics.Http;
using LlmMetrics.Llm;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Http;

public class FixtureTests
{
    private static readonly string[] _encodings = ["gzip", "br", "deflate"];

    public static TheoryData<string> Names() => Fixture.Names();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Handler_AnyChunkPlan_PassesBytesAndReadsFigures(string name)
    {
        var fixture = Fixture.Get(name);
        using var runner = new FixtureRunner();
        foreach (var plan in ChunkPlan.All)
        {
            await runner.VerifyAsync(fixture, fixture.Bytes, plan, null, $"{name} in pieces of {plan}");
        }

        runner.VerifyNothingFailed();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Handler_AnyFraming_ReadsFigures(string name)
    {
        var fixture = Fixture.Get(name);
        using var runner = new FixtureRunner();
        foreach (var (framing, body) in BodyFraming.Of(fixture))
        {
            foreach (var plan in new[] { ChunkPlan.Of(1), ChunkPlan.Whole })
            {
                await runner.VerifyAsync(fixture, body, plan, null, $"{name} with {framing} in pieces of {plan}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Handler_CompressedBody_ReadsFiguresAndPassesBytes(string name)
    {
        var fixture = Fixture.Get(name);
        using var runner = new FixtureRunner();
        foreach (var encoding in _encodings)
        {
            var body = Compress(fixture.Bytes, encoding);
            foreach (var plan in new[] { ChunkPlan.Of(1), ChunkPlan.Of(100) })
            {
                await runner.VerifyAsync(fixture, body, plan, encoding, $"{name} as {encoding} in pieces of {plan}");
            }
        }
    }

    /// <summary>Every fixture, in every framing, encoding and chunk plan.</summary>
    [LongFact]
    public async Task Handler_AllFramingsEncodingsAndPlans_ReadFigures()
    {
        using var runner = new FixtureRunner();
        foreach (var fixture in Fixture.All)
        {
            foreach (var (framing, body) in BodyFraming.Of(fixture))
            {
                foreach (var plan in ChunkPlan.All)
                {
                    var how = $"{fixture.Name} with {framing} in pieces of {plan}";
                    await runner.VerifyAsync(fixture, body, plan, null, how);
                    foreach (var encoding in _encodings)
                    {
                        await runner.VerifyAsync(fixture, Compress(body, encoding), plan, encoding, how + encoding);
                    }
                }
            }
        }

        runner.VerifyNothingFailed();
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
        if (encoding == "br")
        {
            // With a window small enough for a text of any length.
            var small = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
            Assert.True(BrotliEncoder.TryCompress(body, small, out var written, quality: 5, window: 14));
            return small[..written];
        }

        using var target = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            stream.Write(body);
        }

        return target.ToArray();
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
