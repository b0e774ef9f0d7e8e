using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using LlmMetrics.Collection;
using LlmMetrics.Facts;
using LlmMetrics.Llm;
using LlmMetrics.Pricing;

namespace LlmMetrics.Http;

/// <summary>
/// One call from its request to the end of its answer. It ends once, whoever says so first: the end of the body, the
/// protocol's last event, an error, a dispose, or the garbage collector for an answer that nobody finished reading.
/// </summary>
internal sealed partial class LlmCallObservation : IByteTap, IBodyEvents
{
    private const int TooManyRequests = 429;
    private const byte CauseKnown = 1;
    private const byte CauseAwaited = 2;

    private readonly LlmMetricsRuntime _runtime;
    private readonly Uri _uri;
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly Activity? _span;
    private readonly bool _isOwnSpan;
    private readonly BoundFact? _active;
    private readonly LayeredCall? _above;
    private readonly long _started;
    private LlmEndpoint _endpoint;
    private BodyScanner? _scanner;
    private BodyDecoder? _decoder;
    private BoundFact? _chunks;
    private HeaderFigures? _headers;
    private RequestText? _text;
    private CancellationTokenRegistration _deadline;
    private OperationTries _tries;
    private CallEnd _end = CallEnd.Ok;
    private long _firstChunk;
    private long _previousChunk;
    private long _lastSeen;
    private long _bytesLeft = long.MaxValue;
    private int _chunksInRead;
    private int _status;
    private byte _cause;
    private bool _isFinished;
    private bool _isStream;
    private bool _hasChunk;
    private bool _isUnread;
    private bool _isBodyEnded;
    private bool _isDeadline;
    private bool _hasTargetFailed;

    public LlmCallObservation(LlmMetricsRuntime runtime, in LlmEndpoint endpoint, Uri uri)
    {
        (_runtime, _endpoint, _uri) = (runtime, endpoint, uri);
        _started = runtime.Time.GetTimestamp();
        var isOutermost = !LayeredCall.TryEnter(runtime, endpoint.Operation, out _above);
        var current = Activity.Current;
        var own = isOutermost ? StartActivity(runtime, endpoint, uri) : null;
        (_span, _isOwnSpan) = (own ?? current, own is not null);
        _active = isOutermost ? runtime.Recorder.Bind(FactKind.ActiveLlmCall, Key()) : null;
        _active?.Add(1);
    }

    [SuppressMessage("Design", "MA0055", Justification = "An answer that is never disposed must still be counted.")]
    ~LlmCallObservation() => Finish(CallEnd.Cancelled);

    public bool IsFinished => Volatile.Read(ref _isFinished);

    public LlmProtocol Protocol => _endpoint.Protocol;

    public SelfDiagnostics Diagnostics => _runtime.Diagnostics;

    /// <summary>A try of the operation begins; for a handler within the retry handler.</summary>
    public void BeginTry() => _tries.Begin();

    /// <summary>The number of tries, unless a handler has counted them; says whether none has.</summary>
    public bool SettleTries(int count) => _tries.Settle(count);

    /// <summary>A try has been answered. Never throws.</summary>
    public void OnTryAnswered(HttpResponseMessage response, string? model)
    {
        try
        {
            if ((int)response.StatusCode == TooManyRequests)
            {
                _tries.Refuse();
            }

            if (_runtime.Recorder.IsEnabled(FactKind.RateLimit))
            {
                var headers = RateLimitHeaders.Read(response.Headers, _runtime.Time.GetUtcNow());
                RateLimitFacts.Record(_runtime.Recorder, in headers, in _endpoint, model, _uri.Host);
            }
        }
        catch (Exception exception)
        {
            _runtime.Diagnostics.Failed(Losses.Observation, exception);
        }
    }

    public CallScope Scope { get; init; }

    /// <summary>What the request turned out to ask for.</summary>
    public void OnRequest(string? model, bool isStream, RequestText? text) =>
        (_endpoint, _isStream, _text) = (_endpoint with { Model = model ?? _endpoint.Model }, isStream, text);

    /// <summary>Learns whether a deadline cancels this token, until <see cref="Unwatch"/>.</summary>
    public void Watch(CancellationToken cancellationToken) => _deadline = cancellationToken.UnsafeRegister(
        static state => ((LlmCallObservation)state!).OnCancelling(), this);

    public void Unwatch()
    {
        _deadline.Unregister();
        _deadline = default;
    }

    /// <summary>Sending or reading has failed.</summary>
    public void OnFailed(Exception exception)
    {
        if (_hasTargetFailed)
        {
            Finish(CallEnd.Cancelled);
        }
        else if (exception is not OperationCanceledException || !IsCauseOpen())
        {
            Finish(CallEnd.Of(exception, _isDeadline));
        }
    }

    /// <summary>The headers are there. Puts a look at the body in place of the body, unless there is none.</summary>
    public void OnResponse(HttpResponseMessage response)
    {
        _status = (int)response.StatusCode;
        _headers = HeaderFigures.Of(response, _endpoint.Provider);
        var shape = ResponseShape.Of(response);
        if (shape.IsEmpty)
        {
            OnEndOfBody();
            return;
        }

        _bytesLeft = shape.Length ?? long.MaxValue;
        _isUnread = !shape.IsText;
        if (shape.IsText && _status < CallEnd.FirstErrorStatus)
        {
            _scanner = ScannerPool.Rent();
            _scanner.Start(_endpoint.Protocol, this, _text?.All is not null);
            _decoder = shape.Encoding is { } encoding ? BodyDecoder.Create(encoding) : null;
            if (shape.Encoding is not null && _decoder is null)
            {
                GiveUp(Losses.Encoding);
            }
        }

        response.Content = new ObservedResponseContent(response.Content, this);
    }

    public void Observe(ReadOnlySpan<byte> bytes)
    {
        if (IsFinished)
        {
            return;
        }

        try
        {
            _bytesLeft -= bytes.Length;
            Scan(bytes);
        }
        catch (Exception exception)
        {
            _runtime.Diagnostics.Failed(Losses.ResponseScan, exception);
            GiveUp(Losses.ResponseScan);
        }

        if (_isBodyEnded || _bytesLeft <= 0)
        {
            OnEndOfBody();
        }
    }

    public void OnChunk() => _chunksInRead++;

    public void OnEnd() => _isBodyEnded = true;

    public void OnTargetFailed() => _hasTargetFailed = true;

    /// <summary>The app reads elsewhere than on: what follows is not the rest of what was seen.</summary>
    public void OnSeek()
    {
        if (!IsFinished)
        {
            GiveUp(Losses.Unreadable);
            _bytesLeft = long.MaxValue;
        }
    }

    public void OnEndOfBody()
    {
        _isBodyEnded = true;
        Finish(CallEnd.Ok);
    }

    public void OnDisposed()
    {
        // Who failed and waits for the cause is often disposed of at once.
        if (Volatile.Read(ref _cause) != CauseAwaited)
        {
            Finish(CallEnd.Cancelled);
        }
    }

    private void OnCancelling()
    {
        _isDeadline |= DeadlineWatch.IsTimerCancelling() ?? false;
        if (Interlocked.Exchange(ref _cause, CauseKnown) == CauseAwaited)
        {
            Finish(_isDeadline ? CallEnd.TimedOut : CallEnd.Cancelled);
        }
    }

    /// <summary>
    /// Whether the cause of a cancellation is still to be told. Callbacks of a token run last in, first out, so the
    /// failure that a cancellation brings about often comes here before the news of the cancellation itself.
    /// </summary>
    private bool IsCauseOpen()
    {
        if (!_deadline.Token.IsCancellationRequested || Volatile.Read(ref _cause) == CauseKnown)
        {
            return false;
        }

        if (DeadlineWatch.IsTimerCancelling() is { } isTimer)
        {
            _isDeadline = isTimer;
            return false;
        }

        return Interlocked.CompareExchange(ref _cause, CauseAwaited, (byte)0) == 0;
    }

    private static Activity? StartActivity(LlmMetricsRuntime runtime, in LlmEndpoint endpoint, Uri uri)
    {
        var current = Activity.Current;
        try
        {
            return LlmActivity.Start(runtime.Activities, endpoint, uri);
        }
        catch (Exception exception)
        {
            // A sampler or listener of the app's: the call is measured without a span.
            Activity.Current = current;
            runtime.Diagnostics.Failed(LossReason.Listener, exception);
            return null;
        }
    }

    private void Scan(ReadOnlySpan<byte> bytes)
    {
        if (Volatile.Read(ref _scanner) is not { } scanner)
        {
            return;
        }

        lock (scanner)
        {
            if (!ReferenceEquals(scanner, _scanner))
            {
                // It may have gone back to the pool while this thread waited.
                return;
            }

            _lastSeen = _runtime.Time.GetTimestamp();
            if (_decoder is null)
            {
                scanner.Feed(bytes);
            }
            else if (!_decoder.Decode(bytes, scanner))
            {
                GiveUp(Losses.DecodingLimit);
            }

            RecordChunks();
        }
    }

    /// <summary>Chunks of one read: the first one came some time after the one before, the others with it.</summary>
    private void RecordChunks()
    {
        var count = _chunksInRead;
        if (count == 0)
        {
            return;
        }

        _chunksInRead = 0;
        if (!_hasChunk)
        {
            (_hasChunk, _firstChunk) = (true, _lastSeen);
            _chunks = _runtime.Recorder.Bind(FactKind.LlmChunk, Key());
        }
        else
        {
            _chunks?.Record(_runtime.Time.GetElapsedTime(_previousChunk, _lastSeen).TotalSeconds);
        }

        _previousChunk = _lastSeen;
        if (count > 1)
        {
            _chunks?.Record(0, count - 1);
        }
    }

    private void GiveUp(string reason)
    {
        if (Volatile.Read(ref _scanner) is { } scanner)
        {
            lock (scanner)
            {
                if (ReferenceEquals(scanner, _scanner))
                {
                    scanner.GiveUp();
                    _decoder?.Dispose();
                    _decoder = null;
                }
            }
        }

        _runtime.Diagnostics.Dropped(reason);
    }

    [SuppressMessage("Usage", "CA1816", Justification = "What has ended needs no collector to end it.")]
    private void Finish(CallEnd end)
    {
        if (Interlocked.Exchange(ref _isFinished, true))
        {
            return;
        }

        GC.SuppressFinalize(this);
        _deadline.Unregister();
        try
        {
            _end = end;
            if (_context is null)
            {
                Report();
            }
            else
            {
                // The call belongs to the scope and the activity that it was made in, whoever ends it; and what
                // stopping an activity does to the current one stays within this context.
                ExecutionContext.Run(_context, static state => ((LlmCallObservation)state!).Report(), this);
            }
        }
        catch (Exception exception)
        {
            _runtime.Diagnostics.Failed(Losses.Observation, exception);
        }
    }
}
