using System.Net;

namespace LlmMetrics.Http;

/// <summary>The content of a request while it is sent: the same bytes, with a look at the first of them.</summary>
internal sealed class ObservedRequestContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly RequestObserver _observer;

    public ObservedRequestContent(HttpContent inner, RequestObserver observer)
    {
        _inner = inner;
        _observer = observer;
        HeaderCopy.Copy(inner.Headers, Headers);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        _inner.CopyToAsync(_observer.Tap(stream), context);

    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _inner.CopyToAsync(_observer.Tap(stream), context, cancellationToken);

    protected override void SerializeToStream(
        Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _inner.CopyTo(_observer.Tap(stream), context, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }
}
