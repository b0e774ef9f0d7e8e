using System.Collections.Concurrent;

namespace LlmMetrics.Database;

/// <summary>Names of tables as strings, each made once for as long as there are not too many.</summary>
internal static class SqlNames
{
    /// <summary>Characters of a name at most. PostgreSQL allows 63 bytes, MySQL 64 characters.</summary>
    public const int MaxLength = 64;

    private const int MaxCount = 1_000;

    private static readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _find =
        _names.GetAlternateLookup<ReadOnlySpan<char>>();

    private static int _count;

    /// <summary>The name, cut to a sane length; null if it is not one.</summary>
    public static string? Get(ReadOnlySpan<char> name)
    {
        name = name.Trim();
        if (name.Length > MaxLength)
        {
            name = name[..(char.IsHighSurrogate(name[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
        }

        if (!IsText(name))
        {
            return null;
        }

        if (_find.TryGetValue(name, out var known))
        {
            return known;
        }

        var made = name.ToString();
        if (Volatile.Read(ref _count) < MaxCount && _names.TryAdd(made, made))
        {
            Interlocked.Increment(ref _count);
        }

        return made;
    }

    private static bool IsText(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsHighSurrogate(name[i]))
            {
                if (++i == name.Length || !char.IsLowSurrogate(name[i]))
                {
                    return false;
                }
            }
            else if (char.IsControl(name[i]) || char.IsLowSurrogate(name[i]) || name[i] is '"' or '`' or '\'')
            {
                return false;
            }
        }

        return name.Length > 0;
    }
}
