namespace LlmMetrics.Llm;

/// <summary>
/// Strings for texts that come again with every call, such as model names, so that a call makes none. At most 256 are
/// kept, of at most 256 bytes each; a new one takes the place of another.
/// </summary>
internal static class TextCache
{
    private const int Size = 256;
    private static readonly Entry?[] _entries = new Entry?[Size];

    /// <summary>The text of a JSON string, given without its quotes.</summary>
    public static string Get(ReadOnlySpan<byte> raw)
    {
        var hash = default(HashCode);
        hash.AddBytes(raw);
        ref var slot = ref _entries[(uint)hash.ToHashCode() % Size];
        var entry = Volatile.Read(ref slot);
        if (entry is null || !raw.SequenceEqual(entry.Raw))
        {
            entry = new Entry(raw.ToArray(), JsonText.Decode(raw));
            Volatile.Write(ref slot, entry);
        }

        return entry.Text;
    }

    private sealed record Entry(byte[] Raw, string Text);
}
