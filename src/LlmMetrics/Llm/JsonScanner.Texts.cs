using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LlmMetrics.Llm;

/// <content>How texts are read, kept and passed.</content>
internal sealed partial class JsonScanner
{
    private ReadOnlySpan<byte> ReadTextValue(ReadOnlySpan<byte> bytes)
    {
        BeginText(
            State.AfterValue, _node is { } node && (node.Field | node.Marker | node.Counter) != LlmField.None);
        return ReadText(bytes);
    }

    private void BeginText(State after, bool isCapturing)
    {
        _state = State.Text;
        _afterText = after;
        _isCapturing = isCapturing;
        _isEscaped = false;
        _scratchLength = 0;
        _textLength = default;
        _isCounting = after == State.Skip
            ? _isMeasuring
            : after == State.AfterValue && _node is { } node && (node.IsText || node.Field == LlmField.Characters);
    }

    private ReadOnlySpan<byte> ReadText(ReadOnlySpan<byte> bytes)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
            Keep(bytes[..1]);
            return bytes[1..];
        }

        var end = EndOfText(bytes);
        if (end < 0)
        {
            Keep(bytes);
            return default;
        }

        if (bytes[end] == (byte)'\\')
        {
            Keep(bytes[..(end + 1)]);
            _isEscaped = true;
        }
        else if (_scratchLength == 0 && !_isCounting)
        {
            EndText(bytes[..end]);
        }
        else
        {
            Keep(bytes[..end]);
            EndText(_scratch.AsSpan(0, _scratchLength));
        }

        return bytes[(end + 1)..];
    }

    /// <summary>Where a text ends or has its first escape; most are short.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EndOfText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= Vector256<byte>.Count)
        {
            var first = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(bytes));
            var found = Vector256.Equals(first, Vector256.Create((byte)'"'))
                | Vector256.Equals(first, Vector256.Create((byte)'\\'));
            if (found.ExtractMostSignificantBits() is not 0 and var bits)
            {
                return BitOperations.TrailingZeroCount(bits);
            }
        }

        return bytes.IndexOfAny((byte)'"', (byte)'\\');
    }

    private void EndText(ReadOnlySpan<byte> text)
    {
        if (_afterText == State.Colon)
        {
            _node = _frames[_depth - 1].Node.Find(text);
            _state = State.Colon;
            return;
        }

        if (_afterText == State.Skip)
        {
            _state = State.Skip;
            if (_isCounting)
            {
                capture.AddText(in _textLength);
            }

            return;
        }

        if (_isCounting)
        {
            capture.Measure(_node!, in _textLength);
        }

        if (_isCapturing && !text.IsEmpty)
        {
            if (_node!.Field >= LlmField.Model)
            {
                capture.SetText(_node.Field, text[..Math.Min(text.Length, FieldCapture.MaxTextBytes)]);
            }

            Mark();
        }

        EndValue();
    }

    /// <summary>Passes a text that is there as a whole and of which nothing is wanted, not even its length.</summary>
    private bool TryPassText(ref ReadOnlySpan<byte> bytes)
    {
        var end = _isMeasuring ? -1 : EndOfText(bytes);
        if (end < 0 || bytes[end] != (byte)'"')
        {
            return false;
        }

        bytes = bytes[(end + 1)..];
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_isCounting)
        {
            _textLength.Add(bytes);
        }

        if (_isCapturing)
        {
            bytes = bytes[..Math.Min(bytes.Length, _scratch.Length - _scratchLength)];
            bytes.CopyTo(_scratch.AsSpan(_scratchLength));
            _scratchLength += bytes.Length;
        }
    }
}
