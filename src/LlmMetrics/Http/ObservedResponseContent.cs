using System.Net;

namespace LlmMetrics.Http;

/// <summary>
/// The content of an answer, as it came, with a look at what passes by. It is a content of its own rather than a
/// StreamContent over a stream: that loses the bytes that came before an error, and buffers where the original does
/// not.
/// </summary>
internal sealed class ObservedResponseContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly LlmCallObservation _observation;
    private ObservedStream? _stream;

    public ObservedResponseContent(HttpContent inner, LlmCallObservation observation)
    {
        _inner = inner;
        _observation = observation;
        HeaderCopy.Copy(inner.Headers, Headers);
    }

    protected override Task<Stream> CreateContentReadStreamAsync() =>
        CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Observed(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            _observation.OnFailed(exception);
            throw;
        }
    }

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken)
    {
        try
        {
            return Observed(_inner.ReadAsStream(cancellationToken));
        }
        catch (Exception exception)
        {
            _observation.OnFailed(exception);
            throw;
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _observation.Watch(cancellationToken);
        try
        {
            await _inner.CopyToAsync(new TapStream(stream, _observation), context, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _observation.OnFailed(exception);
            throw;
        }

        _observation.OnEndOfBody();
    }

    protected override void SerializeToStream(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _observation.Watch(cancellationToken);
        try
        {
            _inner.CopyTo(new TapStream(stream, _observation), context, cancellationToken);
        }
        catch (Exception exception)
        {
            _observation.OnFailed(exception);
            throw;
        }

        _observation.OnEndOfBody();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            try
            {
                _inner.Dispose();
            }
            finally
            {
                _stream?.LeaveInner();
                _observation.OnDisposed();
            }
        }

        base.Dispose(disposing);
    }

    private ObservedStream Observed(Stream stream) => _stream = new ObservedStream(stream, _observation);
}
