using System.Net;

namespace LlmMetrics.Tests.Http;

/// <summary>Takes the body of each request and answers with one status after the other; then it fails.</summary>
internal sealed class SequenceHandler(params HttpStatusCode[] statuses) : HttpMessageHandler
{
    private int _sent;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
        return Answer(request);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Content!.CopyTo(Stream.Null, context: null, cancellationToken);
        return Answer(request);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (_sent == statuses.Length)
        {
            throw new HttpRequestException("Nobody is there.");
        }

        var response = new HttpResponseMessage(statuses[_sent++]) { RequestMessage = request };
        if (!response.IsSuccessStatusCode)
        {
            response.Headers.Add("Retry-After", "2");
        }

        return response;
    }
}
