namespace LlmMetrics.Collection;

/// <summary>Hash and equality of tag sets in which the order of the tags does not matter.</summary>
internal static class TagHash
{
    public static int Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var sum = (uint)tags.Length;
        foreach (ref readonly var tag in tags)
        {
            var pair = (uint)(tag.Key?.GetHashCode(StringComparison.Ordinal) ?? 0) * 0x9E3779B1u;
            pair = (pair ^ (uint)(tag.Value?.GetHashCode() ?? 0)) * 0x85EBCA77u;
            sum += pair ^ (pair >> 15);
        }

        return (int)sum;
    }

    /// <summary>Whether both are the same set. The left one is a series' own: no tag is in it twice.</summary>
    public static bool Equal(
        ReadOnlySpan<KeyValuePair<string, object?>> left,
        ReadOnlySpan<KeyValuePair<string, object?>> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (!Same(in left[i], in right[i]) && !Contains(right, in left[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Contains(
        ReadOnlySpan<KeyValuePair<string, object?>> tags,
        in KeyValuePair<string, object?> wanted)
    {
        foreach (ref readonly var tag in tags)
        {
            if (Same(in tag, in wanted))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Same(in KeyValuePair<string, object?> left, in KeyValuePair<string, object?> right) =>
        string.Equals(left.Key, right.Key, StringComparison.Ordinal)
        && (ReferenceEquals(left.Value, right.Value) || Equals(left.Value, right.Value));
}
