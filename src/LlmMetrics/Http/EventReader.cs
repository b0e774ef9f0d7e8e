using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// Reads the events of a stream, whatever frames them: which carry output, which report an error, which is the last.
/// Most events of a long stream hold nothing of interest and are passed over without being read.
/// </summary>
internal sealed class EventReader(JsonScanner json, FieldCapture capture)
{
    /// <summary>
    /// How many events are read closely in the hope of a model name and a first output, before only those are read
    /// that may matter. A server that names no model must not make every event slow.
    /// </summary>
    private const int CloseEvents = 16;

    private LlmProtocol _protocol = OpenAiProtocols.Completions;
    private JsonNode _tree = OpenAiProtocols.Completions.Response;
    private bool _isMeasuring;
    private IBodyEvents? _events;
    private int _closeEventsLeft;
    private bool _hasOutput;

    public LlmProtocol Protocol => _protocol;

    /// <summary>Whether an event was met that could not be read.</summary>
    public bool SawBroken { get; private set; }

    /// <summary>Whether the protocol's end was met.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Whether figures came before or with output, so that having them does not prove the end.</summary>
    public bool HasRunningFigures { get; private set; }

    /// <summary>Number of events so far.</summary>
    public long Count { get; private set; }

    /// <summary>Whether an event has been begun and not all of it has come.</summary>
    public bool IsInEvent => json.IsStarted && !json.IsBroken && !json.IsDone;

    /// <summary>Whether an event has been read to its end.</summary>
    public bool IsRead => json.IsDone;

    public bool IsBroken => json.IsBroken;

    /// <summary>Whether one like the event that was read last tells nothing new but its figures.</summary>
    public bool MayRepeat { get; private set; }

    /// <summary>Whether the event that was read last carried output.</summary>
    public bool HadOutput { get; private set; }

    /// <summary>Starts anew. One who measures texts reads every event.</summary>
    public void Reset(LlmProtocol protocol, IBodyEvents events, bool isMeasuring)
    {
        (_protocol, _events, _isMeasuring) = (protocol, events, isMeasuring);
        _tree = isMeasuring ? protocol.MeasuredResponse : protocol.Response;
        (_closeEventsLeft, _hasOutput) = (CloseEvents, false);
        (SawBroken, IsEnded, HasRunningFigures, Count) = (false, false, false, 0);
    }

    /// <summary>Counts an event that is given whole and needs no reading; false if it has to be read.</summary>
    public bool TryPassOver(ReadOnlySpan<byte> data)
    {
        if (_closeEventsLeft > 0
            || _isMeasuring
            || data.IsEmpty
            || data[0] != (byte)'{'
            || data[^1] != (byte)'}'
            || !_protocol.IsOnlyOutput(data))
        {
            return false;
        }

        Tell(hasOutput: true);
        return true;
    }

    /// <summary>Counts an event, read or not, and tells of its output.</summary>
    public void Tell(bool hasOutput)
    {
        Count++;
        if (hasOutput)
        {
            HasRunningFigures |= capture.Has(LlmField.OutputTokens);
            _events!.OnChunk();
        }
    }

    /// <summary>
    /// Which figure the value is that stands between these parts of an event, if any. False if it is something of
    /// interest other than a figure or part of a number, or if what follows tells the same figure again.
    /// </summary>
    public bool TryFindField(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, out LlmField field)
    {
        var scanner = ScannerPool.Rent();
        var (read, found) = (scanner.Json, scanner.Capture);
        found.Reset();
        read.Reset(_tree);
        read.Feed(before);
        field = read.Place?.Field ?? LlmField.None;
        var isBegun = read.IsInNumber;
        found.Reset();
        read.Feed("null"u8);
        read.Feed(after);
        var isToldAgain = found.Has(field);
        ScannerPool.Return(scanner);
        return field == LlmField.None
            || (!isBegun && !isToldAgain
                && field is < LlmField.CostUsd and not (LlmField.KindTokens or LlmField.Stream or LlmField.Done));
    }

    public void Begin()
    {
        MayRepeat = false;
        json.Reset(_tree);
        capture.Forget(LlmField.EventType);
        capture.Forget(LlmField.Output);
    }

    /// <summary>Reads on, and gives back what follows the event's end.</summary>
    public ReadOnlySpan<byte> Feed(ReadOnlySpan<byte> data) => json.Feed(data);

    /// <summary>The event has been read to its end.</summary>
    public void End()
    {
        var type = capture.Text(LlmField.EventType);
        var isLast = _protocol.IsTerminal(type) || capture.Has(LlmField.Done);
        HadOutput = !isLast && !_protocol.IsSilent(type)
            && (!_protocol.MarksOutput || capture.Has(LlmField.Output));
        _hasOutput |= HadOutput;
        _closeEventsLeft = _hasOutput && capture.Has(LlmField.Model) ? 0 : Math.Max(0, _closeEventsLeft - 1);
        Tell(HadOutput);
        if (_protocol.IsError(type))
        {
            capture.SetMarker(LlmField.Error);
        }

        MayRepeat = !isLast && !_isMeasuring && !capture.Has(LlmField.Error);
        if (isLast)
        {
            Terminate();
        }
    }

    /// <summary>What is still open could not be read to its end.</summary>
    public void Abandon()
    {
        SawBroken |= json.IsStarted;
        json.Reset(_tree);
    }

    public void Terminate()
    {
        IsEnded = true;
        _events!.OnEnd();
    }
}
