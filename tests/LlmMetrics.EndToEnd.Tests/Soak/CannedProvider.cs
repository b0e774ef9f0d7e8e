using System.Net;
using System.Net.Http.Headers;

namespace LlmMetrics.EndToEnd.Tests.Soak;

/// <summary>Answers after 20 ms, as a provider would: mostly a stream with usage, at times an error.</summary>
internal sealed class CannedProvider : HttpMessageHandler
{
    public const int InputTokens = 11;

    public static byte[] Body { get; } = """
        data: {"model":"gpt-4o-mini","choices":[{"delta":{"content":"Hello"}}]}

        data: {"model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}

        data: [DONE]


        """u8.ToArray();

    private int _calls;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
        await Task.Delay(20, cancellationToken);
        var isRefused = Interlocked.Increment(ref _calls) % 10 == 0;
        var content = new StreamContent(new MemoryStream(isRefused ? "{}"u8.ToArray() : Body));
        content.Headers.ContentType = new MediaTypeHeaderValue(isRefused ? "application/json" : "text/event-stream");
        return new HttpResponseMessage(isRefused ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK)
        {
            Content = content, RequestMessage = request,
        };
    }
}
