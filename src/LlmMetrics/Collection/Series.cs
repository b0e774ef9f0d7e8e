namespace LlmMetrics.Collection;

/// <summary>One combination of tags of a metric, and its cell.</summary>
internal abstract class Series(KeyValuePair<string, object?>[] tags)
{
    /// <summary>Never changed, so snapshots, instruments and adapters share the array.</summary>
    public readonly KeyValuePair<string, object?>[] Tags = tags;

    /// <summary>The collection in which a callback last observed it; only observed families look at it.</summary>
    public int ObservedIn;

    /// <summary>
    /// For those that need a lock. It stands here because there is room for it beside the other number.
    /// </summary>
    protected int Gate;

    /// <summary>How many words a snapshot needs for it.</summary>
    public abstract int Words { get; }

    /// <summary>Copies the values, all of one moment.</summary>
    public abstract void CopyTo(Span<long> words);

    /// <summary>Whether there is any exemplar.</summary>
    public abstract bool HasExemplars { get; }

    /// <summary>The exemplar of a bucket (0 for other kinds), if there is one.</summary>
    public abstract Exemplar? ExemplarAt(int bucket);
}
