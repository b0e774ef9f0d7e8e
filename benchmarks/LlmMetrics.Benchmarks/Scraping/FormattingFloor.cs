using System.Globalization;
using System.Runtime.InteropServices;

namespace LlmMetrics.Benchmarks.Scraping;

/// <summary>
/// The least that a page costs: the same bytes between the numbers are copied, and the same numbers formatted, into a
/// buffer of 64 KiB that is emptied into nothing. Made from a page, so it yields the same one.
/// </summary>
internal sealed class FormattingFloor
{
    private const int BufferSize = 64 * 1024;
    private const int MaxNumber = 32;

    private readonly byte[] _text;
    private readonly Sample[] _samples;
    private readonly byte[] _buffer = new byte[BufferSize];

    public FormattingFloor(ReadOnlySpan<byte> page)
    {
        var text = new List<byte>();
        var samples = new List<Sample>();
        var start = 0;
        foreach (var range in page.Split((byte)'\n'))
        {
            var line = page[range];
            if (line.IsEmpty)
            {
                continue;
            }

            // What stands before a number: the comments above it, the name and the labels.
            var space = line.LastIndexOf((byte)' ') + 1;
            if (line[0] == (byte)'#')
            {
                text.AddRange(line);
                text.Add((byte)'\n');
                continue;
            }

            text.AddRange(line[..space]);
            var isInteger = long.TryParse(
                line[space..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer);
            var number = isInteger ? 0 : double.Parse(line[space..], NumberStyles.Float, CultureInfo.InvariantCulture);
            samples.Add(new Sample(start, text.Count - start, isInteger, integer, number));
            start = text.Count;
        }

        _text = [.. text];
        _samples = [.. samples];
    }

    public int Samples => _samples.Length;

    /// <summary>Formats the page; returns its length.</summary>
    public long Write()
    {
        long total = 0;
        var used = 0;
        foreach (ref readonly var sample in _samples.AsSpan())
        {
            if (used + sample.Length + MaxNumber > BufferSize)
            {
                total += used;
                used = 0;
            }

            _text.AsSpan(sample.Start, sample.Length).CopyTo(_buffer.AsSpan(used));
            used += sample.Length;
            int length;
            _ = sample.IsInteger
                ? sample.Integer.TryFormat(_buffer.AsSpan(used), out length, default, CultureInfo.InvariantCulture)
                : sample.Number.TryFormat(_buffer.AsSpan(used), out length, default, CultureInfo.InvariantCulture);
            used += length;
            _buffer[used++] = (byte)'\n';
        }

        return total + used;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Sample(int Start, int Length, bool IsInteger, long Integer, double Number);
}
