namespace LlmMetrics.Tests.Http;

/// <summary>Tries again at once, up to four times, what failed or was refused.</summary>
internal sealed class RetryingHandler(RetryStyle style) : DelegatingHandler
{
    public const int MaxTries = 4;

    public RetryingHandler(RetryStyle style, HttpMessageHandler inner)
        : this(style) => InnerHandler = inner;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var sent = await PrepareAsync(request);
            try
            {
                var response = await base.SendAsync(sent, cancellationToken);
                if (response.IsSuccessStatusCode || tries == MaxTries)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (HttpRequestException) when (tries < MaxTries)
            {
                // Tried again.
            }
        }
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = base.Send(request, cancellationToken);
        for (var tries = 1; !response.IsSuccessStatusCode && tries < MaxTries; tries++)
        {
            response.Dispose();
            response = base.Send(request, cancellationToken);
        }

        return response;
    }

    private async Task<HttpRequestMessage> PrepareAsync(HttpRequestMessage request)
    {
        if (style == RetryStyle.SameRequest)
        {
            return request;
        }

        var body = await request.Content!.ReadAsByteArrayAsync();
        if (style == RetryStyle.Buffered)
        {
            return request;
        }

        var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = new ByteArrayContent(body) };
        if (style == RetryStyle.CopyWithOptions)
        {
            foreach (var (name, value) in request.Options)
            {
                copy.Options.Set(new HttpRequestOptionsKey<object?>(name), value);
            }
        }

        return copy;
    }
}
