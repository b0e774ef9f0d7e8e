namespace LlmMetrics.Collection;

/// <summary>A counter, up-down counter or gauge: one word, an integer or the bits of a double.</summary>
internal sealed class ValueSeries(KeyValuePair<string, object?>[] tags) : Series(tags)
{
    private long _word;
    private Exemplar? _exemplar;

    public override int Words => 1;

    public long Word => Volatile.Read(ref _word);

    /// <summary>Adds; a sum beyond the range of <see cref="long"/> stays at its end instead of turning negative.</summary>
    public void Add(long delta)
    {
        var sum = Interlocked.Add(ref _word, delta);
        if (sum < 0 && delta > 0 && sum - delta >= 0)
        {
            Volatile.Write(ref _word, long.MaxValue);
        }
    }

    public void Add(double delta)
    {
        var seen = Volatile.Read(ref _word);
        while (true)
        {
            var next = BitConverter.DoubleToInt64Bits(BitConverter.Int64BitsToDouble(seen) + delta);
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

    public override Exemplar? ExemplarAt(int bucket) => Volatile.Read(ref _exemplar);
}
