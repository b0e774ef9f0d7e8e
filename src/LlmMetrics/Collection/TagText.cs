using System.Buffers;
using System.Text;

namespace LlmMetrics.Collection;

/// <summary>Makes tag values harmless: at most 256 code points, and no half of a surrogate pair.</summary>
internal static class TagText
{
    public const int MaxCodePoints = 256;

    private const int FirstSurrogate = 0xD800;
    private const int Surrogates = 0x800;

    private static readonly SearchValues<char> _surrogates =
        SearchValues.Create([.. Enumerable.Range(FirstSurrogate, Surrogates).Select(static code => (char)code)]);

    /// <summary>The same string if it is harmless already.</summary>
    public static string Sanitise(string value)
    {
        if (IsHarmless(value))
        {
            return value;
        }

        var text = new StringBuilder(Math.Min(value.Length, MaxCodePoints * 2));
        var count = 0;
        foreach (var rune in value.EnumerateRunes())
        {
            if (count++ == MaxCodePoints)
            {
                break;
            }

            text.Append(rune);
        }

        return text.ToString();
    }

    public static bool IsHarmless(string value) =>
        value.Length <= MaxCodePoints && !value.AsSpan().ContainsAny(_surrogates);
}
