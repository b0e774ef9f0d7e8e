using System.Net;
using System.Net.Http.Headers;

namespace LlmMetrics.Benchmarks.Http;

/// <summary>Takes the question and answers from memory, in reads of a given size at most.</summary>
internal sealed class MemoryHandler(byte[] body, int readSize, string contentType) : HttpMessageHandler
{
    private readonly MediaTypeHeaderValue _contentType = new(contentType);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        var content = new StreamContent(new PiecewiseStream(body, readSize));
        content.Headers.ContentType = _contentType;
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request };
    }
}
