using System.Net;
using System.Net.Http.Headers;

namespace LlmMetrics.Tests.Http;

/// <summary>Answers from memory, in pieces of given sizes, and sends the request's body into nothing.</summary>
internal sealed class ScriptedHandler(byte[] body, ChunkPlan plan, string contentType) : HttpMessageHandler
{
    public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

    public string? ContentEncoding { get; init; }

    public long? ContentLength { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>What the stream throws, once this many bytes were read.</summary>
    public (int At, Exception Exception)? Failure { get; init; }

    public ScriptedStream? Stream { get; private set; }

    public byte[] RequestBody { get; private set; } = [];

    public HttpContent? SentContent { get; private set; }

    public int Sent { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        SentContent = request.Content;
        Sent++;
        if (request.Content is not null)
        {
            using var target = new MemoryStream();
            await request.Content.CopyToAsync(target, cancellationToken);
            RequestBody = target.ToArray();
        }

        return Answer(request);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        SentContent = request.Content;
        Sent++;
        if (request.Content is not null)
        {
            using var target = new MemoryStream();
            request.Content.CopyTo(target, context: null, cancellationToken);
            RequestBody = target.ToArray();
        }

        return Answer(request);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        Stream = new ScriptedStream(body, plan, Failure);
        var content = new ScriptedContent(Stream);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        content.Headers.TryAddWithoutValidation("X-Odd", ["one", "two"]);
        if (ContentEncoding is not null)
        {
            content.Headers.ContentEncoding.Add(ContentEncoding);
        }

        content.Headers.ContentLength = ContentLength;
        var response = new HttpResponseMessage(Status) { Content = content, RequestMessage = request };
        response.Headers.Date = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);
        response.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        foreach (var (name, value) in Headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
