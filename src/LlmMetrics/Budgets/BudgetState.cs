namespace LlmMetrics.Budgets;

/// <summary>What is spent in one period: by this process, and by others and before a restart, says the file.</summary>
internal sealed class BudgetState(DateTimeOffset start, DateTimeOffset end, double firstThreshold)
{
    private long _own;
    private long _ownUnpriced;
    private double _others;
    private long _othersUnpriced;
    private double _written;
    private long _writtenUnpriced;
    private double _nextThreshold = firstThreshold;

    public DateTimeOffset Start => start;

    public DateTimeOffset End => end;

    public double Spent => Own + Volatile.Read(ref _others);

    public long Unpriced => Volatile.Read(ref _ownUnpriced) + Volatile.Read(ref _othersUnpriced);

    /// <summary>Bits of the thresholds that have been told. Only the book's worker looks at it.</summary>
    public int Crossed { get; set; }

    public double NextThreshold
    {
        get => Volatile.Read(ref _nextThreshold);
        set => Volatile.Write(ref _nextThreshold, value);
    }

    private double Own => BitConverter.Int64BitsToDouble(Volatile.Read(ref _own));

    /// <summary>Adds to what is spent; says whether a threshold may be reached. No thread loses anything.</summary>
    public bool Add(double usd)
    {
        var seen = Volatile.Read(ref _own);
        while (true)
        {
            var sum = BitConverter.Int64BitsToDouble(seen) + usd;
            var found = Interlocked.CompareExchange(ref _own, BitConverter.DoubleToInt64Bits(sum), seen);
            if (found == seen)
            {
                return sum + Volatile.Read(ref _others) >= NextThreshold;
            }

            seen = found;
        }
    }

    public void AddUnpriced() => Interlocked.Increment(ref _ownUnpriced);

    /// <summary>Adds to the file's entry what is not yet in it. It counts as written once it is committed.</summary>
    public BudgetMerge Merge(BudgetEntry entry)
    {
        var (own, unpriced) = (Own, Volatile.Read(ref _ownUnpriced));
        var isNew = own > _written || unpriced > _writtenUnpriced;
        entry.Spent += own - _written;
        entry.Unpriced += unpriced - _writtenUnpriced;
        return new BudgetMerge(this, own, unpriced, entry.Spent, entry.Unpriced, isNew);
    }

    public void Commit(in BudgetMerge merge)
    {
        (_written, _writtenUnpriced) = (merge.Own, merge.OwnUnpriced);
        Volatile.Write(ref _others, Math.Max(0, merge.Total - merge.Own));
        Volatile.Write(ref _othersUnpriced, Math.Max(0, merge.TotalUnpriced - merge.OwnUnpriced));
    }
}
