using System.Net;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// The content of a request while it is sent: the same bytes, with a look at them for the model and whether a stream
/// is asked for. One that is sent again (a retry, a redirect) is looked at again from its start. It also marks the
/// request as measured, for a second handler in the pipeline.
/// </summary>
/// <remarks>
/// The official OpenAI client writes the messages before the model, so where the model stands depends on the length of
/// the prompt. The look therefore goes on until everything is found, in memory that does not depend on the length.
/// </remarks>
internal sealed class ObservedRequestContent : HttpContent, IByteTap
{
    /// <summary>Past this the rest is not looked at: a bound on the time that a look can cost.</summary>
    public const int Limit = 64 << 20;

    private readonly HttpContent _inner;
    private readonly bool _isMeasuring;
    private LlmCallObservation? _call;
    private int _sends;
    private bool _isAskedForBuffer;
    private BodyScanner? _scanner = ScannerPool.Rent();
    private int _left;
    private bool _isLimitReached;

    private ObservedRequestContent(HttpContent inner, LlmCallObservation call, bool isMeasuring)
    {
        (_inner, _call, _isMeasuring) = (inner, call, isMeasuring);
        HeaderCopy.Copy(inner.Headers, Headers);
    }

    /// <summary>The operation, for a handler within to count its tries; null once nobody will.</summary>
    public LlmCallObservation? Call => Volatile.Read(ref _call);

    /// <summary>The model, if it has been met by now.</summary>
    public string? Model
    {
        get
        {
            if (Volatile.Read(ref _scanner) is not { } scanner)
            {
                return null;
            }

            lock (scanner)
            {
                return ReferenceEquals(scanner, _scanner) ? scanner.Capture.String(LlmField.Model) : null;
            }
        }
    }

    /// <summary>How often the body was sent; zero if it was buffered within, which leaves that open.</summary>
    public int Sends
    {
        get
        {
            // A content that is buffered answers from its buffer, without asking here.
            _isAskedForBuffer = true;
            try
            {
                return ReferenceEquals(ReadAsStream(), Stream.Null) ? Volatile.Read(ref _sends) : 0;
            }
            catch (Exception exception) when (exception is ObjectDisposedException or HttpRequestException)
            {
                return 0;
            }
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
                    Scan(bytes, scanner);
                }
            }
        }
        catch (Exception exception)
        {
            _left = 0;
            Call?.Diagnostics.Failed(Losses.RequestScan, exception);
        }
    }

    public void OnTargetFailed()
    {
        // The handler sees the same failure as that of the send.
    }

    /// <summary>Puts a look at what is to be sent in the place of the request's content.</summary>
    /// <param name="request">The request, whose own content has to be given back to it.</param>
    /// <param name="sent">What is sent.</param>
    /// <param name="call">The operation.</param>
    /// <param name="isMeasuring">Whether the length of all texts is wanted.</param>
    public static ObservedRequestContent Replace(
        HttpRequestMessage request, HttpContent sent, LlmCallObservation call, bool isMeasuring)
    {
        var observed = new ObservedRequestContent(sent, call, isMeasuring);
        request.Content = observed;
        return observed;
    }

    /// <summary>
    /// Lets go of the operation: whoever keeps the content of a request must not keep an answer that nobody reads
    /// from being noticed.
    /// </summary>
    public void LeaveCall() => Volatile.Write(ref _call, null);

    /// <summary>Tells what was found and ends the observation.</summary>
    public (string? Model, bool IsStream, RequestText? Text) Complete()
    {
        if (Volatile.Read(ref _scanner) is not { } scanner)
        {
            return default;
        }

        lock (scanner)
        {
            _scanner = null;
            if (_isLimitReached)
            {
                Call?.Diagnostics.Dropped(Losses.RequestLimit);
            }

            var found = (
                scanner.Capture.String(LlmField.Model),
                scanner.Capture.Figure(LlmField.Stream) == 1,
                TextOf(scanner));
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

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) =>
        _isAskedForBuffer ? Stream.Null : base.CreateContentReadStream(cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    private RequestText? TextOf(BodyScanner scanner)
    {
        var capture = scanner.Capture;
        var spoken = capture.Figure(LlmField.Characters);
        var isMeasured = _isMeasuring && scanner.Json.IsDone;
        return spoken is null && !isMeasured
            ? null
            : new RequestText(spoken, isMeasured ? (capture.TextBytes, capture.TextCharacters) : null);
    }

    private void Scan(ReadOnlySpan<byte> bytes, BodyScanner scanner)
    {
        bytes = bytes[..Math.Min(bytes.Length, _left)];
        _left -= bytes.Length;
        scanner.Json.Feed(bytes);
        if (scanner.Json.IsDone
            || (!_isMeasuring && scanner.Capture.Has(LlmField.Model) && scanner.Capture.Has(LlmField.Stream)))
        {
            // Nothing else is taken from a request.
            _left = 0;
        }
        else
        {
            _isLimitReached = _left == 0 && !scanner.Capture.Has(LlmField.Model);
        }
    }

    private TapStream Tap(Stream target)
    {
        Interlocked.Increment(ref _sends);
        if (Volatile.Read(ref _scanner) is { } scanner)
        {
            lock (scanner)
            {
                if (ReferenceEquals(scanner, _scanner) && Call is { } call)
                {
                    scanner.Capture.Reset();
                    scanner.Json.Reset(_isMeasuring ? call.Protocol.MeasuredRequest : call.Protocol.Request);
                    (_left, _isLimitReached) = (Limit, false);
                }
            }
        }

        return new TapStream(target, this);
    }
}
