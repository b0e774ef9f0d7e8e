using System.Buffers.Text;
using System.Text;

namespace LlmMetrics.Exposition;

/// <summary>A buffer that text is formatted into; it grows for a line longer than itself.</summary>
internal sealed class ByteBuffer(int size)
{
    /// <summary>Longest text of a <see cref="long"/> or <see cref="double"/>.</summary>
    private const int MaxNumber = 32;

    /// <summary>Beyond it not every integer is a double, and the shortest text is not that of the integer.</summary>
    private const double MaxExactInteger = 1L << 53;

    private byte[] _bytes = new byte[size];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public ReadOnlySpan<byte> WrittenSpan => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Empties it, and gives up what it had to grow by.</summary>
    public void Shrink()
    {
        Length = 0;
        if (_bytes.Length > size)
        {
            _bytes = new byte[size];
        }
    }

    public void Write(byte value) => Reserve(1)[Length++] = value;

    public void Write(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length).AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Writes again what stands in this buffer already.</summary>
    public void Repeat(int start, int length)
    {
        var bytes = Reserve(length);
        bytes.AsSpan(start, length).CopyTo(bytes.AsSpan(Length));
        Length += length;
    }

    public void Write(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(MaxNumber).AsSpan(Length), out var written);
        Length += written;
    }

    /// <summary>The shortest text that reads back as the same number, whatever the culture.</summary>
    public void Write(double value)
    {
        if (Math.Abs(value) <= MaxExactInteger && Math.Truncate(value) == value)
        {
            Write((long)value);
        }
        else if (double.IsFinite(value))
        {
            Utf8Formatter.TryFormat(value, Reserve(MaxNumber).AsSpan(Length), out var written);
            Length += written;
        }
        else
        {
            Write(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8);
        }
    }

    public void WriteAscii(ReadOnlySpan<char> text)
    {
        Encoding.ASCII.GetBytes(text, Reserve(text.Length).AsSpan(Length));
        Length += text.Length;
    }

    public void Write(Rune rune) => Length += rune.EncodeToUtf8(Reserve(4).AsSpan(Length));

    private byte[] Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Grow(count);
        }

        return _bytes;
    }

    private void Grow(int count)
    {
        var larger = new byte[Math.Max(_bytes.Length * 2, Length + count)];
        WrittenSpan.CopyTo(larger);
        _bytes = larger;
    }
}
