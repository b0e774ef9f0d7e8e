using System.Net;

namespace LlmMetrics.Tests.Http;

/// <summary>Counts the bytes of requests, keeps none and refuses them.</summary>
internal sealed class DiscardingHandler : HttpMessageHandler
{
    public long Received { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await using var counter = new Counter();
        await request.Content!.CopyToAsync(counter, cancellationToken);
        Received += counter.Count;
        return new HttpResponseMessage(HttpStatusCode.TooManyRequests) { RequestMessage = request };
    }

    private sealed class Counter : MemoryStream
    {
        public long Count { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Count += buffer.Length;
            return default;
        }
    }
}
