using System.Net;
using System.Net.Http.Headers;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Http;

/// <summary>What a response may allocate: nothing per chunk, and little in all.</summary>
public class HandlerAllocationTests
{
    private const int KiB = 1024;

    private static readonly byte[] _event =
        "data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n"u8.ToArray();

    [Theory]
    [InlineData("application/json", 1)]
    [InlineData("text/event-stream", 100)]
    public void Response_FromMemory_AllocatesAtMostOneKiB(string contentType, int pieces)
    {
        var body = contentType == "application/json" ? Fixture.Get("openai-chat").Bytes : Events(pieces);
        using var runtime = RuntimeBuilder.Create();
        using var plain = new HttpMessageInvoker(new Answering(body, contentType, pieces));
        using var wrapped = new HttpMessageInvoker(
            new LlmMetricsHandler(runtime, new Answering(body, contentType, pieces)));

        var without = Allocations.Measure(() => Ask(plain), rounds: 200);
        var with = Allocations.Measure(() => Ask(wrapped), rounds: 200);

        Assert.InRange(with - without, 1, KiB);
    }

    [Fact]
    public void Response_TenTimesTheChunks_AllocatesTheSame()
    {
        using var runtime = RuntimeBuilder.Create();
        var (few, many) = (Events(100), Events(1_000));
        using var shorter = new HttpMessageInvoker(
            new LlmMetricsHandler(runtime, new Answering(few, "text/event-stream", 100)));
        using var longer = new HttpMessageInvoker(
            new LlmMetricsHandler(runtime, new Answering(many, "text/event-stream", 1_000)));

        var more = Allocations.Measure(() => Ask(longer), rounds: 50)
            - Allocations.Measure(() => Ask(shorter), rounds: 50);

        // Nothing for 900 chunks; what the runtime does meanwhile may show as a few bytes per response.
        Assert.InRange(more, -100, 100);
    }

    private static byte[] Events(int count) =>
        [.. Enumerable.Repeat(_event, count).SelectMany(static piece => piece)];

    /// <summary>Everything is there at once, so all of it happens on the calling thread.</summary>
    private static void Ask(HttpMessageInvoker client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Answering.Address)
        {
            Content = new ByteArrayContent(Answering.Question),
        };
        request.Content.Headers.ContentType = Answering.Json;
        using var deadline = new CancellationTokenSource();
        var sending = client.SendAsync(request, deadline.Token);
        Assert.True(sending.IsCompletedSuccessfully);
        using var response = sending.GetAwaiter().GetResult();
        using var stream = response.Content.ReadAsStream();
        while (stream.Read(Answering.Buffer) > 0)
        {
            // Only the bytes that are allocated matter.
        }
    }

    private sealed class Answering(byte[] body, string contentType, int pieces) : HttpMessageHandler
    {
        public static readonly Uri Address = new("https://api.openai.com/v1/chat/completions");
        public static readonly byte[] Question = """{"model":"gpt-4o-mini","messages":[]}"""u8.ToArray();
        public static readonly MediaTypeHeaderValue Json = new("application/json");
        public static readonly byte[] Buffer = new byte[64 * KiB];

        private readonly MediaTypeHeaderValue _type = new(contentType);
        private readonly int _pieceSize = body.Length / pieces;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Content!.CopyTo(Stream.Null, null, cancellationToken);
            var content = new StreamContent(new Pieces(body, _pieceSize));
            content.Headers.ContentType = _type;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        }
    }

    /// <summary>As an answer from the network comes: its length is not to be had from the stream.</summary>
    private sealed class Pieces(byte[] body, int size) : MemoryStream(body)
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, size)]);

        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, size));
    }
}
