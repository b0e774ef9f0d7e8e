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

    /// <summary>
    /// Whether this is being disposed of. The content beneath has then disposed of the stream that it gave.
    /// </summary>
    public bool IsDisposing { get; private set; }

    protected override Task<Stream> CreateContentReadStreamAsync() =>
        CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken)
    {
        try
        {
            var inner = StreamAtOnce(cancellationToken);
            inner ??= await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
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
                Observation.OnDisposed();
            }
        }

        IsDisposing = true;
        try
        {
            base.Dispose(disposing);
        }
        finally
        {
            IsDisposing = false;
        }
    }

    /// <summary>
    /// Whether a content gives its stream without waiting: those of memory and streams do, and those that the
    /// framework keeps to itself, but for a browser's. Others may read the whole body first.
    /// </summary>
    private static bool GivesAtOnce(HttpContent content)
    {
        var type = content.GetType();
        return type.Assembly == typeof(HttpContent).Assembly
            && (!type.IsPublic || content is StreamContent or ByteArrayContent or ReadOnlyMemoryContent)
            && !OperatingSystem.IsBrowser();
    }

    /// <summary>The stream without a task for it, where that needs no waiting; otherwise null.</summary>
    private Stream? StreamAtOnce(CancellationToken cancellationToken)
    {
        if (!GivesAtOnce(_inner))
        {
            return null;
        }

        try
        {
            return _inner.ReadAsStream(cancellationToken);
        }
        catch (HttpRequestException)
        {
            // A handler beneath has asked for it by a task already: then there is one, and no other way to it.
            return null;
        }
    }
}
