using System.Buffers.Binary;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// Reads a stream of server-sent events (WHATWG HTML, 9.2) in pieces of any size. The data of an event goes to the JSON
/// scanner byte by byte, or is passed over as a whole when it cannot matter. No text is kept but that of one short
/// event, to compare the others with (<see cref="EventForm"/>), and that no longer than the call.
/// </summary>
internal sealed class SseScanner(EventReader events, FieldCapture capture)
{
    /// <summary>Name of the field that an event's data are in, with its colon.</summary>
    public static ReadOnlySpan<byte> DataName => "data:"u8;

    private const int NoMatch = -1;
    private const int MaxName = 6;

    private readonly EventForm _form = new(events, capture);
    private Line _line;
    private ulong _firstName;
    private int _firstNameLength;
    private int _matched;
    private int _terminalMatched;
    private bool _isEventOpen;
    private bool _skipLineFeed;

    private enum Line : byte
    {
        Start,
        FirstData,
        Data,
        Ignored,
    }

    /// <summary>Whether the stream ended in the middle of an event.</summary>
    public bool IsCutInEvent { get; private set; }

    /// <summary>
    /// Whether the first line begins with none of the names that events have: a plain text that happens to begin
    /// with one of their letters is no stream.
    /// </summary>
    public bool IsForeign { get; private set; }

    public void Reset()
    {
        _form.Reset();
        (_firstName, _firstNameLength, IsForeign) = (0, 0, false);
        (_line, _matched, _terminalMatched) = (Line.Start, 0, 0);
        (_isEventOpen, _skipLineFeed, IsCutInEvent) = (false, false, false);
    }

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_firstNameLength < MaxName)
        {
            ReadFirstName(bytes);
        }

        while (!bytes.IsEmpty && !events.IsEnded && !IsForeign)
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
        if (!events.IsEnded)
        {
            EndLine();
            IsCutInEvent = _isEventOpen && events.IsInEvent;
            EndEvent();
        }
    }

    /// <summary>Keeps the first bytes until they tell: a name of an event's field and a colon, or a comment.</summary>
    private void ReadFirstName(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes[..Math.Min(bytes.Length, MaxName - _firstNameLength)])
        {
            _firstName = (_firstName << 8) | value;
            _firstNameLength++;
        }

        Span<byte> name = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(name, _firstName);
        IsForeign = !IsBegun(name[^_firstNameLength..]);
    }

    private static bool IsBegun(ReadOnlySpan<byte> start) =>
        start[0] == (byte)':' || Agrees(start, DataName) || Agrees(start, "event:"u8) || Agrees(start, "id:"u8)
        || Agrees(start, "retry:"u8);

    private static bool Agrees(ReadOnlySpan<byte> start, ReadOnlySpan<byte> name) =>
        start.Length < name.Length ? name.StartsWith(start) : start.StartsWith(name);

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

        return !_isEventOpen && TryTakeWhole(ref bytes) ? bytes : MatchName(bytes);
    }

    /// <summary>Takes events that are there as a whole, one line of data each, as nearly all are.</summary>
    private bool TryTakeWhole(ref ReadOnlySpan<byte> bytes)
    {
        var start = bytes.Length;
        while (_form.TryTake(ref bytes))
        {
        }

        return bytes.Length < start || TryTakeLine(ref bytes);
    }

    private bool TryTakeLine(ref ReadOnlySpan<byte> bytes)
    {
        var end = bytes.StartsWith(DataName) ? bytes.IndexOfAny((byte)'\n', (byte)'\r') : -1;
        if (end < 0)
        {
            return false;
        }

        // Only an event that ends with this line can tell the form of others.
        var ends = LengthOfEnds(bytes[end..]);
        var written = bytes[..(end + ends)];
        var data = bytes[DataName.Length..end];
        if (events.TryPassOver(data.StartsWith(" "u8) ? data[1..] : data))
        {
            bytes = AfterLineEnd(bytes[end..]);
            if (ends > 0)
            {
                _form.LearnPassedOver(written);
            }
        }
        else
        {
            bytes = ReadData(ReadFirstData(bytes[DataName.Length..]));
            if (ends > 0 && events.MayRepeat)
            {
                _form.LearnRead(written, events.HadOutput);
            }
        }

        return true;
    }

    /// <summary>Length of the ends of a line and of the blank one after it; zero if not both are there.</summary>
    private static int LengthOfEnds(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\n\n"u8) ? 2 : bytes.StartsWith("\r\n\r\n"u8) ? 4 : 0;

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
            if (bytes[i] != DataName[_matched])
            {
                _line = Line.Ignored;
                return bytes[i..];
            }

            if (++_matched == DataName.Length)
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
            _form.OnRead();
            events.Begin();
        }

        return bytes[0] == (byte)' ' ? bytes[1..] : bytes;
    }

    private ReadOnlySpan<byte> ReadData(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        var data = end < 0 ? bytes : bytes[..end];
        MatchTerminal(data);

        events.Feed(data);
        if (end < 0)
        {
            return default;
        }

        EndLine();
        return AfterLineEnd(bytes[end..]);
    }

    private void MatchTerminal(ReadOnlySpan<byte> data)
    {
        var terminal = events.Protocol.TerminalData;
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

        if (_terminalMatched == events.Protocol.TerminalData.Length)
        {
            _isEventOpen = false;
            events.Terminate();
        }
        else if (events.IsRead)
        {
            _isEventOpen = false;
            events.End();
        }
    }

    /// <summary>A blank line: what is still open could not be read to its end.</summary>
    private void EndEvent()
    {
        if (_isEventOpen)
        {
            _isEventOpen = false;
            events.Abandon();
        }
    }
}
