namespace LlmMetrics.Collection;

/// <summary>A counter, up-down counter or gauge: one word, an integer or the bits of a double.</summary>
internal sealed class ValueSeries(KeyValuePair<string, object?>[] tags) : Series(tags)
{
    /// <summary>Below it, no number of concurrent additions overflows.</summary>
    private const long Far = 1L << 61;

    private long _word;
    private Exemplar? _exemplar;

    public override int Words => 1;

    public long Word => Volatile.Read(ref _word);

    /// <summary>
    /// Adds; a sum beyond the range of <see cref="long"/> stays at its end instead of turning negative.
    /// </summary>
    public void Add(long delta)
    {
        if (delta > Far || Volatile.Read(ref _word) > Far)
        {
            AddSaturating(delta);
            return;
        }

        Interlocked.Add(ref _word, delta);
    }

    public void Add(double delta)
    {
        var seen = Volatile.Read(ref _word);
        while (true)
        {
            var sum = BitConverter.Int64BitsToDouble(seen) + delta;
            var next = BitConverter.DoubleToInt64Bits(double.IsFinite(sum) ? sum : double.MaxValue);
            var found = Interlocked.CompareExchange(ref _word, next, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }

    public void Set(long value) => Volatile.Write(ref _word, value);

    public void Set(double value) => Volatile.Write(ref _word, BitConverter.DoubleToInt64Bits(value));

    public void Offer(Exemplar exemplar) => Volatile.Write(ref _exemplar, exemplar);

    public override void CopyTo(Span<long> words) => words[0] = Word;

    public override bool HasExemplars => Volatile.Read(ref _exemplar) is not null;

    public override Exemplar? ExemplarAt(int bucket) => Volatile.Read(ref _exemplar);

    private void AddSaturating(long delta)
    {
        var seen = Volatile.Read(ref _word);
        while (true)
        {
            var sum = delta > 0 && seen > long.MaxValue - delta ? long.MaxValue : seen + delta;
            var found = Interlocked.CompareExchange(ref _word, sum, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }
}
