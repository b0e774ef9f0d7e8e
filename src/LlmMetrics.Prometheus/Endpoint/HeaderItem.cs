using System.Globalization;

namespace LlmMetrics.Endpoint;

/// <summary>One choice of an Accept or Accept-Encoding header. What cannot be read is passed over.</summary>
internal readonly ref struct HeaderItem
{
    private HeaderItem(ReadOnlySpan<char> name, ReadOnlySpan<char> version, double quality)
    {
        Name = name;
        Version = version;
        Quality = quality;
    }

    public ReadOnlySpan<char> Name { get; }

    public ReadOnlySpan<char> Version { get; }

    /// <summary>0 to 1; 0 refuses.</summary>
    public double Quality { get; }

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the next choice off the front of a header's value.</summary>
    public static bool TryRead(ref ReadOnlySpan<char> rest, out HeaderItem item)
    {
        while (!rest.IsEmpty)
        {
            var comma = rest.IndexOf(',');
            var text = comma < 0 ? rest : rest[..comma];
            rest = comma < 0 ? default : rest[(comma + 1)..];
            if (TryParse(text, out item))
            {
                return true;
            }
        }

        item = default;
        return false;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out HeaderItem item)
    {
        var name = NextPart(ref text);
        ReadOnlySpan<char> version = default;
        var quality = 1.0;
        var valid = !name.IsEmpty;
        while (!text.IsEmpty)
        {
            var parameter = NextPart(ref text);
            var equals = parameter.IndexOf('=');
            if (equals < 0)
            {
                continue;
            }

            var key = parameter[..equals].TrimEnd();
            var value = parameter[(equals + 1)..].Trim(" \t\"");
            if (key.Equals("version", StringComparison.OrdinalIgnoreCase))
            {
                version = value;
            }
            else if (key.Equals("q", StringComparison.OrdinalIgnoreCase))
            {
                valid &= double.TryParse(
                    value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality)
                    && quality is >= 0 and <= 1;
            }
        }

        item = new HeaderItem(name, version, quality);
        return valid;
    }

    private static ReadOnlySpan<char> NextPart(scoped ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(';');
        var part = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return part.Trim();
    }
}
