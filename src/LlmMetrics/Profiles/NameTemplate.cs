using System.Text;

namespace LlmMetrics.Profiles;

/// <summary>A name or description that may contain key fields in braces.</summary>
internal sealed class NameTemplate
{
    /// <summary>Characters of a value that become part of a name.</summary>
    public const int MaxValueLength = 64;

    private readonly string _text;
    private readonly List<(int Start, int End, FactField Field)> _holes = [];

    public NameTemplate(string text)
    {
        _text = text;
        for (var open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.IndexOf('{', open + 1))
        {
            var close = text.IndexOf('}', open);
            if (close > open && FieldNames.TryParse(text[(open + 1)..close], out var field))
            {
                _holes.Add((open, close, field));
            }
        }
    }

    public bool IsConstant => _holes.Count == 0;

    public IEnumerable<FactField> Fields => _holes.Select(static hole => hole.Field);

    /// <summary>The name with its fields filled in; null if one of them has no value.</summary>
    public string? Fill<TState>(TState state, Func<TState, FactField, string?> valueOf)
    {
        if (IsConstant)
        {
            return _text;
        }

        var result = new StringBuilder();
        var at = 0;
        foreach (var (start, end, field) in _holes)
        {
            if (valueOf(state, field) is not { } value)
            {
                return null;
            }

            result.Append(_text, at, start - at).Append(value);
            at = end + 1;
        }

        return result.Append(_text, at, _text.Length - at).ToString();
    }

    /// <summary>
    /// Makes a value fit into an instrument's name: other characters become underscores, at most 64 stay.
    /// </summary>
    public static string Sanitise(string value)
    {
        var length = Math.Min(value.Length, MaxValueLength);
        return string.Create(length, value, static (buffer, source) =>
        {
            for (var i = 0; i < buffer.Length; i++)
            {
                var c = source[i];
                buffer[i] = char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_';
            }
        });
    }
}
