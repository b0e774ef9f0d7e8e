using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// Reads the body of an answer as it passes by: finds out whether it is one JSON document or a stream of events (the
/// first character tells, whatever the content type claims) and hands it to the scanner for that. Reused.
/// </summary>
internal sealed class BodyScanner
{
    private readonly JsonScanner _json;
    private readonly EventReader _reader;
    private readonly SseScanner _sse;
    private readonly DocumentScanner _documents;
    private readonly FrameScanner _frames;
    private LlmProtocol _protocol = OpenAiProtocols.Completions;
    private IBodyEvents? _events;
    private bool _isMeasuring;
    private Mode _mode;

    public BodyScanner()
    {
        _json = new JsonScanner(Capture);
        _reader = new EventReader(_json, Capture);
        _sse = new SseScanner(_reader, Capture);
        _documents = new DocumentScanner(_reader, Capture);
        _frames = new FrameScanner(_reader, Capture);
    }

    private enum Mode : byte
    {
        Unknown,
        Json,
        Events,
        Documents,
        Frames,
        Unreadable,
    }

    public FieldCapture Capture { get; } = new();

    /// <summary>The scanner for one document, for a request that has nothing else.</summary>
    public JsonScanner Json => _json;

    public bool IsStream => _mode switch
    {
        Mode.Events => !_sse.IsForeign,
        Mode.Frames => true,
        Mode.Documents => _documents.IsStream,
        _ => false,
    };

    /// <summary>Whether the document is closed or the stream's last event has come.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether nothing could be made of the body as a whole.</summary>
    public bool IsGivenUp => _mode == Mode.Unreadable || (_mode == Mode.Events && _sse.IsForeign);

    /// <summary>Whether something could not be read, so that missing figures prove nothing.</summary>
    public bool IsUnreadable => _mode switch
    {
        Mode.Unreadable => true,
        Mode.Events when _sse.IsForeign => true,
        Mode.Json => _json.IsBroken,
        Mode.Documents => _reader.SawBroken || _reader.IsBroken,
        Mode.Frames => _reader.SawBroken || _frames.IsBroken,
        _ => _reader.SawBroken,
    };

    /// <summary>
    /// Whether a body that ends here lacks its end. A stream that gave its reason to finish, or its figures, has
    /// only left out the closing formality.
    /// </summary>
    public bool IsCutShort => _mode switch
    {
        Mode.Json => !IsComplete && !_json.IsBroken,
        Mode.Events => !IsComplete && !_sse.IsForeign && (_sse.IsCutInEvent || LacksEnd()),
        Mode.Frames => !IsComplete && !_frames.IsBroken && (_frames.IsCutInEvent || LacksEnd()),
        Mode.Documents => !IsComplete && (_documents.IsCutInEvent || LacksEnd()),
        _ => false,
    };

    public void Start(LlmProtocol protocol, IBodyEvents events, bool isMeasuring = false)
    {
        (_protocol, _events, _isMeasuring) = (protocol, events, isMeasuring);
        (_mode, IsComplete) = (Mode.Unknown, false);
        Capture.Reset();
        _reader.Reset(protocol, events, isMeasuring);
    }

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_mode == Mode.Unknown)
        {
            bytes = Sniff(bytes);
        }

        if (bytes.IsEmpty || IsComplete)
        {
            return;
        }

        switch (_mode)
        {
            case Mode.Events:
                _sse.Feed(bytes);
                IsComplete = _reader.IsEnded;
                break;
            case Mode.Documents:
                _documents.Feed(bytes);
                IsComplete = _reader.IsEnded;
                break;
            case Mode.Frames:
                _frames.Feed(bytes);
                IsComplete = _reader.IsEnded;
                break;
            case Mode.Json:
                FeedDocument(bytes);
                break;
        }
    }

    /// <summary>The body has ended.</summary>
    public void End()
    {
        if (_mode == Mode.Events)
        {
            _sse.End();
            IsComplete = _reader.IsEnded;
        }
        else if (_mode == Mode.Documents)
        {
            _documents.End();
            IsComplete = _reader.IsEnded;
        }
    }

    /// <summary>Nothing more will be read: an encoding that is not known, or a limit reached.</summary>
    public void GiveUp() => _mode = IsComplete ? _mode : Mode.Unreadable;

    /// <summary>Lets go of the caller, and of what the app read, before it goes back to the pool.</summary>
    public void Release()
    {
        _events = null;
        _sse.Reset();
    }

    private bool LacksEnd() => _protocol.HasTerminalEvent
        && !Capture.Has(LlmField.FinishReason)
        && (_reader.HasRunningFigures || !Capture.Has(LlmField.OutputTokens));

    private void FeedDocument(ReadOnlySpan<byte> bytes)
    {
        _json.Feed(bytes);
        if (_json.IsDone)
        {
            IsComplete = true;
            _events!.OnEnd();
        }
    }

    private ReadOnlySpan<byte> Sniff(ReadOnlySpan<byte> bytes)
    {
        // A byte order mark may come first, and in pieces.
        bytes = bytes.TrimStart(" \t\r\n\uFEFF"u8);
        if (bytes.IsEmpty)
        {
            return bytes;
        }

        switch (bytes[0])
        {
            case (byte)'{' when _protocol.Framing == DocumentFraming.Lines:
                _mode = Mode.Documents;
                _documents.Reset(isArray: false);
                break;
            case (byte)'[' when _protocol.Framing == DocumentFraming.Array:
                _mode = Mode.Documents;
                _documents.Reset(isArray: true);
                break;
            case 0 when _protocol.Framing == DocumentFraming.Frames:
                _mode = Mode.Frames;
                _frames.Reset();
                break;
            case (byte)'{' or (byte)'[':
                _mode = Mode.Json;
                _json.Reset(_isMeasuring ? _protocol.MeasuredResponse : _protocol.Response);
                break;
            case (byte)'d' or (byte)'e' or (byte)'i' or (byte)'r' or (byte)':':
                _mode = Mode.Events;
                _sse.Reset();
                break;
            default:
                _mode = Mode.Unreadable;
                break;
        }

        return bytes;
    }
}
