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

    public ObservedResponseContent(HttpContent inner, LlmCallObservation observation)
    {
        _inner = inner;
        Observation = observation;
        HeaderCopy.Copy(inner.Headers, Headers);
    }

    public LlmCallObservation Observation { get; }

    /// <summary>Whether the content beneath has been disposed of, and with it its stream.</summary>
    public bool IsInnerDisposed { get; private set; }

    protected override Task<Stream> CreateContentReadStreamAsync() =>
        CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
    {
        try
        {
            var inner = GivesAtOnce(_inner)
                ? _inner.ReadAsStream(cancellationToken)
                : await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return new ObservedStream(inner, this);
        }
        catch (Exception exception)
        {
            Observation.OnFailed(exception);
            throw;
        }
    }

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken)
    {
        try
        {
            return new ObservedStream(_inner.ReadAsStream(cancellationToken), this);
        }
        catch (Exception exception)
        {
            Observation.OnFailed(exception);
            throw;
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Observation.Watch(cancellationToken);
        try
        {
            await _inner.CopyToAsync(new TapStream(stream, Observation), context, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Observation.OnFailed(exception);
            throw;
        }

        Observation.OnEndOfBody();
    }

    protected override void SerializeToStream(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Observation.Watch(cancellationToken);
        try
        {
            _inner.CopyTo(new TapStream(stream, Observation), context, cancellationToken);
        }
        catch (Exception exception)
        {
            Observation.OnFailed(exception);
            throw;
        }

        Observation.OnEndOfBody();
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
                IsInnerDisposed = true;
                Observation.OnDisposed();
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>
    /// Whether a content gives its stream without waiting, so that no task is needed for it. The framework's own do,
    /// but for one that consists of others and those in a browser, which cannot. Others may read the whole body first.
    /// </summary>
    private static bool GivesAtOnce(HttpContent content) =>
        content.GetType().Assembly == typeof(HttpContent).Assembly
        && content is not MultipartContent && !OperatingSystem.IsBrowser();
}
