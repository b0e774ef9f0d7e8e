namespace LlmMetrics.Exposition;

/// <summary>
/// Encoded label sets, one behind the other in large chunks: a series costs its label bytes, one or two for their
/// length, and an <see cref="int"/> of whoever remembers where they are. Append-only, so that readers take no lock.
/// </summary>
internal sealed class LabelArena
{
    private const int FirstChunk = 4 * 1024;
    private const int LargestChunk = 64 * 1024;
    private const int PositionBits = 16;

    private byte[][] _chunks = [];
    private int _used;

    /// <summary>Stores a label set. Callers take turns.</summary>
    /// <returns>Where it is: a number from 1.</returns>
    public int Add(ReadOnlySpan<byte> labels)
    {
        var prefix = PrefixLength(labels.Length);
        var size = prefix + labels.Length;
        var chunks = _chunks;
        if (chunks.Length == 0 || _used + size > Math.Min(chunks[^1].Length, LargestChunk))
        {
            var next = chunks.Length == 0 ? FirstChunk : Math.Min(LargestChunk, chunks[^1].Length * 2);
            chunks = [.. chunks, new byte[Math.Max(size, next)]];
            Volatile.Write(ref _chunks, chunks);
            _used = 0;
        }

        var target = chunks[^1].AsSpan(_used);
        var length = labels.Length;
        for (var i = 0; i < prefix; i++, length >>= 7)
        {
            target[i] = (byte)(i == prefix - 1 ? length : (length & 0x7F) | 0x80);
        }

        labels.CopyTo(target[prefix..]);
        var place = ((chunks.Length - 1) << PositionBits | _used) + 1;
        _used += size;
        return place;
    }

    public ReadOnlySpan<byte> this[int place]
    {
        get
        {
            var at = place - 1;
            ReadOnlySpan<byte> text = Volatile.Read(ref _chunks)[at >> PositionBits].AsSpan(at & 0xFFFF);
            int length = text[0];
            if (length < 0x80)
            {
                return text.Slice(1, length);
            }

            length &= 0x7F;
            var read = 1;
            int next;
            do
            {
                next = text[read];
                length |= (next & 0x7F) << (7 * read);
                read++;
            }
            while (next >= 0x80);

            return text.Slice(read, length);
        }
    }

    private static int PrefixLength(int length)
    {
        var count = 1;
        while ((length >>= 7) > 0)
        {
            count++;
        }

        return count;
    }
}
