using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// How the latest events of a stream are written. Those of a long stream differ in a text and a number or two and
/// agree in all other bytes, so comparing them with one that is known tells the same as reading them, several times
/// as fast.
/// </summary>
/// <remarks>
/// Two events in a row give the form: what they have in common, with holes where one has another text or another
/// whole number than the other. A hole is never a name, so an event of the form has the same names in the same places.
/// What stands in the holes must not be of interest; only of events that are read, figures in holes are taken, and all
/// other figures are as they were with the latest event that was read, so the form holds until another one is. A text
/// with an escaped quote in it is not recognised and left to those who look closer.
/// </remarks>
internal sealed class EventForm(EventReader events, FieldCapture capture)
{
    private const int MaxBytes = 1024;
    private const int MaxPieces = 6;
    private const int MaxTries = 16;

    /// <summary>A few strangers in between are no reason to look for another form.</summary>
    private const int MaxStrangers = 4;

    private readonly byte[] _sample = new byte[MaxBytes];
    private Pieces _pieces;
    private int _pieceCount;
    private int _length;
    private int _triesLeft;
    private int _strangers;
    private bool _isRead;
    private bool _isStale;
    private bool _hasOutput;

    private enum Hole : byte
    {
        None,
        Text,
        Number,
    }

    /// <summary>Forgets the form, and with it the texts of the events that it came from.</summary>
    public void Reset()
    {
        _sample.AsSpan(0, _length).Clear();
        (_pieceCount, _length, _triesLeft, _strangers) = (0, 0, MaxTries, 0);
        (_isRead, _isStale, _hasOutput) = (false, false, false);
    }

    /// <summary>Takes an event of this form that the bytes begin with.</summary>
    public bool TryTake(ref ReadOnlySpan<byte> bytes)
    {
        Figures figures = default;
        var length = _isStale ? 0 : Match(bytes, ref figures);
        if (length == 0)
        {
            return false;
        }

        for (var i = 0; i < _pieceCount; i++)
        {
            if (_pieces[i].Field != LlmField.None)
            {
                capture.SetFigure(_pieces[i].Field, figures[i]);
            }
        }

        _strangers = 0;
        events.Tell(_hasOutput);
        bytes = bytes[length..];
        return true;
    }

    /// <summary>Learns from an event, with its line ends, that was passed over and had not the form.</summary>
    public void LearnPassedOver(ReadOnlySpan<byte> written) => Learn(written, isRead: false, hasOutput: true);

    /// <summary>Learns from an event, with its line ends, that has just been read.</summary>
    public void LearnRead(ReadOnlySpan<byte> written, bool hasOutput)
    {
        Figures figures = default;
        if (_isStale && Match(written, ref figures) == written.Length)
        {
            _isStale = false;
        }
        else
        {
            Learn(written, isRead: true, hasOutput);
        }
    }

    /// <summary>An event is read that may set other figures and texts than those of the form.</summary>
    public void OnRead() => _isStale = _isRead;

    private int Match(ReadOnlySpan<byte> bytes, ref Figures figures)
    {
        ReadOnlySpan<byte> sample = _sample;
        var at = 0;
        for (var i = 0; i < _pieceCount; i++)
        {
            ref readonly var piece = ref _pieces[i];
            var rest = bytes[at..];
            if (!rest.StartsWith(sample.Slice(piece.Start, piece.Length)))
            {
                return 0;
            }

            at += piece.Length;
            if (piece.Hole == Hole.None)
            {
                return at;
            }

            rest = rest[piece.Length..];
            var length = piece.Hole == Hole.Text ? LengthOfText(rest) : LengthOfNumber(rest);
            if (length <= 0
                || (piece.Field != LlmField.None && !JsonText.TryReadCount(rest[..length], out figures[i])))
            {
                return 0;
            }

            at += length;
        }

        return 0;
    }

    private void Learn(ReadOnlySpan<byte> written, bool isRead, bool hasOutput)
    {
        if (_triesLeft == 0 || written.Length > MaxBytes || (_pieceCount > 0 && ++_strangers < MaxStrangers))
        {
            return;
        }

        _triesLeft--;
        var isAligned = (isRead, hasOutput) == (_isRead, _hasOutput) && TryAlign(_sample.AsSpan(0, _length), written);
        if (!isAligned)
        {
            _sample.AsSpan(0, _length).Clear();
            written.CopyTo(_sample);
            (_length, _isRead, _hasOutput) = (written.Length, isRead, hasOutput);
        }

        _pieceCount = isAligned && AreFieldsKnown() ? _pieceCount : 0;
        (_strangers, _isStale) = (0, false);
    }

    private bool TryAlign(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var (start, shift) = (0, 0);
        _pieceCount = 0;
        while (_pieceCount < MaxPieces && start < one.Length)
        {
            var end = start + one[start..].CommonPrefixLength(other[(start + shift)..]);
            if (end == one.Length && end + shift == other.Length)
            {
                Add(start, end, Hole.None);
                return true;
            }

            // A piece that follows a text begins with the quote that closes it.
            var from = _pieceCount > 0 && _pieces[_pieceCount - 1].Hole == Hole.Text ? start + 1 : start;
            var text = OpenText(one, from, end);
            var (kind, hole) = text >= 0 ? (Hole.Text, text) : (Hole.Number, BeginOfNumber(one, start, end));
            var length = LengthOf(kind, one[hole..]);
            var otherLength = LengthOf(kind, other[(hole + shift)..]);
            if (length <= 0 || otherLength <= 0 || IsName(kind, one[(hole + length)..]))
            {
                return false;
            }

            Add(start, hole, kind);
            (start, shift) = (hole + length, shift + otherLength - length);
        }

        return false;
    }

    private void Add(int start, int end, Hole hole) =>
        _pieces[_pieceCount++] = new Piece(start, end - start, hole, LlmField.None);

    /// <summary>Whether it is known what all holes fill: nothing, or a figure if such events are read.</summary>
    private bool AreFieldsKnown()
    {
        var sample = _sample.AsSpan(0, _length);
        for (var i = 0; i < _pieceCount && _pieces[i].Hole != Hole.None; i++)
        {
            var after = sample[_pieces[i + 1].Start..];
            var isKnown = events.TryFindField(sample[SseScanner.DataName.Length.._pieces[i].End], after, out var field);
            if (!isKnown || (field != LlmField.None && !(_isRead && after[0] is (byte)',' or (byte)'}')))
            {
                return false;
            }

            _pieces[i] = _pieces[i] with { Field = field };
        }

        return true;
    }

    /// <summary>Where the text begins that is open at the end; negative if none is.</summary>
    private static int OpenText(ReadOnlySpan<byte> bytes, int from, int end)
    {
        var text = -1;
        for (var i = from; i < end; i++)
        {
            if (bytes[i] == (byte)'"')
            {
                text = text < 0 ? i + 1 : -1;
            }
            else if (bytes[i] == (byte)'\\' && text >= 0)
            {
                i++;
            }
        }

        return text;
    }

    private static int BeginOfNumber(ReadOnlySpan<byte> bytes, int start, int end)
    {
        while (end > start && char.IsAsciiDigit((char)bytes[end - 1]))
        {
            end--;
        }

        return end;
    }

    private static int LengthOf(Hole kind, ReadOnlySpan<byte> bytes) =>
        kind == Hole.Text ? LengthOfText(bytes) : LengthOfNumber(bytes);

    /// <summary>Length of a text up to its quote; not positive if it is empty, may go on or does not end.</summary>
    private static int LengthOfText(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.IndexOfAny((byte)'"', (byte)'\n', (byte)'\r');
        return length > 0 && bytes[length] == (byte)'"' && bytes[length - 1] != (byte)'\\' ? length : -1;
    }

    private static int LengthOfNumber(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOfAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsName(Hole kind, ReadOnlySpan<byte> rest) =>
        kind == Hole.Text && rest[1..].TrimStart(" \t"u8).StartsWith(":"u8);

    /// <summary>Bytes that all events of the form have, the kind of hole that follows them and what fills it.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Piece(int Start, int Length, Hole Hole, LlmField Field)
    {
        public int End => Start + Length;
    }

    [InlineArray(MaxPieces)]
    private struct Pieces
    {
        private Piece _first;
    }

    [InlineArray(MaxPieces)]
    private struct Figures
    {
        private long _first;
    }
}
