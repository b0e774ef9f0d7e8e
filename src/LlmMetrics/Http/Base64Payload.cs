using System.Buffers.Text;

namespace LlmMetrics.Http;

/// <summary>Hands on the event that a payload holds as base64 in its member <c>bytes</c>.</summary>
internal sealed class Base64Payload(EventReader events)
{
    private const int Group = 4;
    private readonly byte[] _text = new byte[512];
    private int _length;
    private int _matched;
    private bool _isOver;

    private static ReadOnlySpan<byte> Beginning => "\"bytes\":\""u8;

    public void Reset() => (_length, _matched, _isOver) = (0, 0, false);

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (_isOver || value == (byte)' ')
            {
                continue;
            }

            if (_matched < Beginning.Length)
            {
                _matched = value == Beginning[_matched] ? _matched + 1 : value == Beginning[0] ? 1 : 0;
            }
            else if (value == (byte)'"')
            {
                Decode();
                _isOver = true;
            }
            else
            {
                Add(value);
            }
        }
    }

    private void Add(byte value)
    {
        _text[_length++] = value;
        if (_length == _text.Length)
        {
            Decode();
        }
    }

    private void Decode()
    {
        Span<byte> decoded = stackalloc byte[_text.Length / Group * 3];
        Base64.DecodeFromUtf8(_text.AsSpan(0, _length), decoded, out _, out var written);
        events.Feed(decoded[..written]);
        _length = 0;
    }
}
