using System.Buffers;

namespace LlmMetrics.Configuration;

/// <summary>
/// What may stand in a header. Commas may not: the SDK takes a list of headers as one text, decodes it, and only then
/// splits it at its commas, so that the rest of a value would become the name of another header, and be logged.
/// </summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> _name = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    public static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(_name);

    public static bool IsValue(string text) =>
        !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !text.Contains(',', StringComparison.Ordinal);

    public static bool IsToken(string text) => IsValue(text) && !text.Contains(' ', StringComparison.Ordinal);

    /// <summary>Headers in the form that the SDK decodes.</summary>
    public static string Join(IEnumerable<KeyValuePair<string, string>> headers) =>
        string.Join(',', headers.Select(static header => $"{header.Key}={Uri.EscapeDataString(header.Value)}"));
}
