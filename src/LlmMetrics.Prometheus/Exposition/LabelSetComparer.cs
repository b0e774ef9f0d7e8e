namespace LlmMetrics.Exposition;

/// <summary>Compares places of the arena by the label sets that are there.</summary>
internal sealed class LabelSetComparer(LabelArena arena) : IEqualityComparer<int>
{
    public bool Equals(int x, int y) => arena[x].SequenceEqual(arena[y]);

    public int GetHashCode(int obj)
    {
        var hash = default(HashCode);
        hash.AddBytes(arena[obj]);
        return hash.ToHashCode();
    }
}
