using System.Net;
using LlmMetrics.Collection;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// The content of a request while it is sent: the same bytes, with a look at the first <see cref="Limit"/> for the
/// model and whether a stream is asked for. One that is sent again (a retry, a redirect) is looked at again from its
/// start. It also marks the request as measured, for a second handler in the pipeline.
/// </summary>
internal sealed class ObservedRequestContent : HttpContent, IByteTap
{
    public const int Limit = 64 * 1024;

    private readonly HttpContent _inner;
    private readonly LlmProtocol _protocol;
    private readonly SelfDiagnostics _diagnostics;
    private BodyScanner? _scanner = ScannerPool.Rent();
    private int _left;

    private ObservedRequestContent(HttpContent inner, LlmProtocol protocol, SelfDiagnostics diagnostics)
    {
        (_inner, _protocol, _diagnostics) = (inner, protocol, diagnostics);
        HeaderCopy.Copy(inner.Headers, Headers);
    }

    /// <summary>Puts a look at the request's content in its place, until <see cref="Restore"/>.</summary>
    public static ObservedRequestContent Replace(
        HttpRequestMessage request, LlmProtocol protocol, SelfDiagnostics diagnostics)
    {
        var observed = new ObservedRequestContent(request.Content!, protocol, diagnostics);
        request.Content = observed;
        return observed;
    }

    /// <summary>Gives the request its own content back.</summary>
    public void Restore(HttpRequestMessage request)
    {
        if (ReferenceEquals(request.Content, this))
        {
            // A handler within may have taken the content away (a redirect that becomes a GET): then it stays away.
            request.Content = _inner;
        }
    }

    public void Observe(ReadOnlySpan<byte> bytes)
    {
        if (Volatile.Read(ref _scanner) is not { } scanner || _left <= 0)
        {
            return;
        }

        try
        {
            lock (scanner)
            {
                // The scanner may have gone back to the pool while this thread waited.
                if (ReferenceEquals(scanner, _scanner))
                {
                    bytes = bytes[..Math.Min(bytes.Length, _left)];
                    _left -= bytes.Length;
                    scanner.Json.Feed(bytes);
                }
            }
        }
        catch (Exception exception)
        {
            _left = 0;
            _diagnostics.Failed(Losses.RequestScan, exception);
        }
    }

    public void OnTargetFailed()
    {
        // The handler sees the same failure as that of the send.
    }

    /// <summary>Tells what was found and ends the observation.</summary>
    public (string? Model, bool IsStream, long? Characters) Complete()
    {
        if (Volatile.Read(ref _scanner) is not { } scanner)
        {
            return default;
        }

        lock (scanner)
        {
            _scanner = null;
            var found = (
                scanner.Capture.String(LlmField.Model),
                scanner.Capture.Figure(LlmField.Stream) == 1,
                scanner.Capture.Figure(LlmField.Characters));
            ScannerPool.Return(scanner);
            return found;
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        _inner.CopyToAsync(Tap(stream), context);

    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _inner.CopyToAsync(Tap(stream), context, cancellationToken);

    protected override void SerializeToStream(
        Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _inner.CopyTo(Tap(stream), context, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    private TapStream Tap(Stream target)
    {
        if (Volatile.Read(ref _scanner) is { } scanner)
        {
            lock (scanner)
            {
                if (ReferenceEquals(scanner, _scanner))
                {
                    scanner.Capture.Reset();
                    scanner.Json.Reset(_protocol.Request);
                    _left = Limit;
                }
            }
        }

        return new TapStream(target, this);
    }
}
