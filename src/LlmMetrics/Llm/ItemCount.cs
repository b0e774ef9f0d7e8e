namespace LlmMetrics.Llm;

/// <summary>What the items of a list are counted as, by the items' own word for what they are.</summary>
/// <param name="Kind">Word in the item, as it stands in the JSON.</param>
/// <param name="Field">Figure that such items add up to, or marker that they set.</param>
/// <param name="Except">Deeds by which an item of this kind does not count.</param>
internal readonly record struct ItemCount(byte[] Kind, LlmField Field, byte[][] Except)
{
    public bool IsOf(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> deed)
    {
        if (!kind.SequenceEqual(Kind))
        {
            return false;
        }

        foreach (var except in Except)
        {
            if (deed.SequenceEqual(except))
            {
                return false;
            }
        }

        return true;
    }
}
