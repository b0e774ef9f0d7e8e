using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// Reads a stream of server-sent events (WHATWG HTML, 9.2) in pieces of any size. It keeps no text: the data of an
/// event goes to the JSON scanner byte by byte, or is passed over as a whole when it cannot matter.
/// </summary>
internal sealed class SseScanner(JsonScanner json, FieldCapture capture)
{
    /// <summary>
    /// How many events are read closely in the hope of a model name and a first output, before only those are read
    /// that may matter. A server that names no model must not make every event slow.
    /// </summary>
    private const int CloseEvents = 16;
    private const int NoMatch = -1;

    private LlmProtocol _protocol = OpenAiProtocols.Completions;
    private IBodyEvents? _events;
    private Line _line;
    private int _matched;
    private int _terminalMatched;
    private int _closeEventsLeft;
    private bool _isEventOpen;
    private bool _skipLineFeed;
    private bool _hasOutput;

    private enum Line : byte
    {
        Start,
        FirstData,
        Data,
        Ignored,
    }

    /// <summary>Whether an event was met that could not be read.</summary>
    public bool SawBroken { get; private set; }

    /// <summary>Whether the protocol's end was met.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Whether the stream ended in the middle of an event.</summary>
    public bool IsCutInEvent { get; private set; }

    public void Reset(LlmProtocol protocol, IBodyEvents events)
    {
        (_protocol, _events) = (protocol, events);
        (_line, _matched, _terminalMatched, _closeEventsLeft) = (Line.Start, 0, 0, CloseEvents);
        (_isEventOpen, _skipLineFeed, _hasOutput) = (false, false, false);
        (SawBroken, IsEnded, IsCutInEvent) = (false, false, false);
    }

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !IsEnded)
        {
            bytes = _line switch
            {
                Line.Start when _matched == 0 => ReadLineStart(bytes),
                Line.Start => MatchName(bytes),
                Line.FirstData => ReadFirstData(bytes),
                Line.Data => ReadData(bytes),
                _ => ReadIgnored(bytes),
            };
        }
    }

    /// <summary>The stream has ended; what stands in the last line counts also without its line end.</summary>
    public void End()
    {
        if (!IsEnded)
        {
            EndLine();
            IsCutInEvent = _isEventOpen && json.IsStarted && !json.IsBroken;
            EndEvent();
        }
    }

    private static bool IsLineEnd(byte value) => value is (byte)'\n' or (byte)'\r';

    private ReadOnlySpan<byte> ReadLineStart(ReadOnlySpan<byte> bytes)
    {
        if (_skipLineFeed)
        {
            _skipLineFeed = false;
            if (bytes[0] == (byte)'\n')
            {
                return bytes[1..];
            }
        }

        if (IsLineEnd(bytes[0]))
        {
            EndEvent();
            return AfterLineEnd(bytes);
        }

        return !_isEventOpen && TryPassOver(ref bytes) ? bytes : MatchName(bytes);
    }

    /// <summary>
    /// Takes a whole line of data that begins and ends as an object and holds nothing of interest as one event,
    /// without reading it. Nearly all events of a long stream go this way.
    /// </summary>
    private bool TryPassOver(ref ReadOnlySpan<byte> bytes)
    {
        if (_closeEventsLeft > 0 || !bytes.StartsWith("data:"u8))
        {
            return false;
        }

        var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        if (end < 0)
        {
            return false;
        }

        var data = bytes[5..end];
        data = data.StartsWith(" "u8) ? data[1..] : data;
        if (data.IsEmpty || data[0] != (byte)'{' || data[^1] != (byte)'}' || _protocol.MayMatter(data))
        {
            return false;
        }

        bytes = AfterLineEnd(bytes[end..]);
        _events!.OnChunk();
        return true;
    }

    private ReadOnlySpan<byte> AfterLineEnd(ReadOnlySpan<byte> bytes)
    {
        (_line, _matched) = (Line.Start, 0);
        if (bytes[0] == (byte)'\n')
        {
            return bytes[1..];
        }

        if (bytes.Length > 1)
        {
            return bytes[1] == (byte)'\n' ? bytes[2..] : bytes[1..];
        }

        _skipLineFeed = true;
        return default;
    }

    private ReadOnlySpan<byte> MatchName(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != "data:"u8[_matched])
            {
                _line = Line.Ignored;
                return bytes[i..];
            }

            if (++_matched == 5)
            {
                _line = Line.FirstData;
                return bytes[(i + 1)..];
            }
        }

        return default;
    }

    private ReadOnlySpan<byte> ReadFirstData(ReadOnlySpan<byte> bytes)
    {
        _line = Line.Data;
        if (!_isEventOpen)
        {
            _isEventOpen = true;
            _terminalMatched = 0;
            json.Reset(_protocol.Response);
            capture.Forget(LlmField.EventType);
            capture.Forget(LlmField.Output);
        }

        return bytes[0] == (byte)' ' ? bytes[1..] : bytes;
    }

    private ReadOnlySpan<byte> ReadData(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        var data = end < 0 ? bytes : bytes[..end];
        MatchTerminal(data);

        json.Feed(data);
        if (end < 0)
        {
            return default;
        }

        EndLine();
        return AfterLineEnd(bytes[end..]);
    }

    private void MatchTerminal(ReadOnlySpan<byte> data)
    {
        var terminal = _protocol.TerminalData;
        for (var i = 0; i < data.Length && _terminalMatched != NoMatch; i++)
        {
            if (data[i] != (byte)' ')
            {
                var matches = _terminalMatched < terminal.Length && data[i] == terminal[_terminalMatched];
                _terminalMatched = matches ? _terminalMatched + 1 : NoMatch;
            }
        }
    }

    private ReadOnlySpan<byte> ReadIgnored(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        return end < 0 ? default : AfterLineEnd(bytes[end..]);
    }

    private void EndLine()
    {
        if (!_isEventOpen)
        {
            return;
        }

        if (_terminalMatched == _protocol.TerminalData.Length)
        {
            _isEventOpen = false;
            Terminate();
        }
        else if (json.IsDone)
        {
            _isEventOpen = false;
            EndReadEvent();
        }
    }

    /// <summary>A blank line: what is still open could not be read to its end.</summary>
    private void EndEvent()
    {
        if (_isEventOpen)
        {
            _isEventOpen = false;
            SawBroken |= json.IsStarted;
            json.Reset(_protocol.Response);
        }
    }

    private void EndReadEvent()
    {
        var type = capture.Text(LlmField.EventType);
        var isSilent = _protocol.IsSilent(type) || (_protocol.MarksOutput && !capture.Has(LlmField.Output));
        _hasOutput |= !isSilent;
        _closeEventsLeft = _hasOutput && capture.Has(LlmField.Model) ? 0 : Math.Max(0, _closeEventsLeft - 1);
        if (!isSilent)
        {
            _events!.OnChunk();
        }

        if (_protocol.IsError(type))
        {
            capture.SetMarker(LlmField.Error);
        }

        if (_protocol.IsTerminal(type))
        {
            Terminate();
        }
    }

    private void Terminate()
    {
        IsEnded = true;
        _events!.OnEnd();
    }
}
