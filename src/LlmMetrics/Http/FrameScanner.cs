using System.Buffers.Binary;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// Reads <c>application/vnd.amazon.eventstream</c> in pieces of any size: of each frame the type, and its payload as an
/// event. A payload may hold the event as base64. Checksums are left to the app's client.
/// </summary>
internal sealed class FrameScanner(EventReader events, FieldCapture capture)
{
    private const int PreludeLength = 12;
    private const int ChecksumLength = 4;
    private const int MaxHeaders = 1024;
    private const int MaxFrame = 32 << 20;
    private const byte StringHeader = 7;
    private readonly byte[] _buffer = new byte[PreludeLength + MaxHeaders];
    private readonly Base64Payload _base64 = new(events);
    private Part _part;
    private int _buffered;
    private int _headersLength;
    private int _left;
    private bool _isBase64;

    private enum Part : byte
    {
        Prelude,
        Headers,
        Payload,
        Checksum,
        Dead,
    }

    /// <summary>Whether a frame was met that cannot be one.</summary>
    public bool IsBroken => _part == Part.Dead;

    /// <summary>Whether the stream ended in the middle of a frame.</summary>
    public bool IsCutInEvent => _part is not (Part.Prelude or Part.Dead) || _buffered > 0;

    public void Reset() => (_part, _buffered) = (Part.Prelude, 0);

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !events.IsEnded && _part != Part.Dead)
        {
            bytes = _part switch
            {
                Part.Prelude => Buffer(bytes, PreludeLength),
                Part.Headers => Buffer(bytes, PreludeLength + _headersLength),
                _ => Pass(bytes),
            };
        }
    }

    private ReadOnlySpan<byte> Buffer(ReadOnlySpan<byte> bytes, int length)
    {
        var taken = Math.Min(bytes.Length, length - _buffered);
        bytes[..taken].CopyTo(_buffer.AsSpan(_buffered));
        _buffered += taken;
        if (_buffered == length && _part == Part.Prelude)
        {
            ReadPrelude();
        }

        if (_buffered == PreludeLength + _headersLength && _part == Part.Headers)
        {
            ReadHeaders();
        }

        return bytes[taken..];
    }

    private void ReadPrelude()
    {
        var total = BinaryPrimitives.ReadInt32BigEndian(_buffer);
        _headersLength = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(4));
        _left = total - PreludeLength - ChecksumLength - _headersLength;
        _part = total <= MaxFrame && _headersLength is >= 0 and <= MaxHeaders && _left >= 0 ? Part.Headers : Part.Dead;
    }

    private void ReadHeaders()
    {
        _part = Part.Payload;
        _isBase64 = events.Protocol.HasBase64Payload;
        events.Begin();
        var headers = _buffer.AsSpan(PreludeLength, _headersLength);
        while (TryReadHeader(ref headers, out var name, out var value))
        {
            if (name.SequenceEqual(":exception-type"u8) || name.SequenceEqual(":error-code"u8))
            {
                _isBase64 = false;
                capture.SetText(LlmField.EventType, value);
                capture.SetText(LlmField.ErrorType, value);
                capture.SetMarker(LlmField.Error);
            }
            else if (name.SequenceEqual(":event-type"u8) && !_isBase64)
            {
                capture.SetText(LlmField.EventType, value);
            }
        }

        _base64.Reset();
        EndPayload();
    }

    private static bool TryReadHeader(
        ref Span<byte> headers, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = default;
        value = default;
        var nameLength = headers.IsEmpty ? 0 : headers[0];
        var valueStart = nameLength + 4;
        if (nameLength == 0 || headers.Length < valueStart || headers[nameLength + 1] != StringHeader)
        {
            return false;
        }

        var valueLength = BinaryPrimitives.ReadUInt16BigEndian(headers[(nameLength + 2)..]);
        if (headers.Length < valueStart + valueLength)
        {
            return false;
        }

        name = headers.Slice(1, nameLength);
        value = headers.Slice(valueStart, Math.Min((int)valueLength, FieldCapture.MaxTextBytes));
        headers = headers[(valueStart + valueLength)..];
        return true;
    }

    private ReadOnlySpan<byte> Pass(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, _left);
        _left -= taken;
        if (_part == Part.Checksum)
        {
            (_part, _buffered) = _left == 0 ? (Part.Prelude, 0) : (_part, _buffered);
        }
        else
        {
            if (_isBase64)
            {
                _base64.Feed(bytes[..taken]);
            }
            else
            {
                events.Feed(bytes[..taken]);
            }

            EndPayload();
        }

        return bytes[taken..];
    }

    private void EndPayload()
    {
        if (_left > 0)
        {
            return;
        }

        (_part, _left) = (Part.Checksum, ChecksumLength);
        if (events.IsRead)
        {
            events.End();
        }
        else
        {
            events.Abandon();
        }
    }
}
