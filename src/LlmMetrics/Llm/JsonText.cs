using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LlmMetrics.Llm;

/// <summary>Turns the bytes of a JSON string or number into values. Never throws, whatever the bytes.</summary>
internal static class JsonText
{
    private const long LargestExactInteger = 9007199254740992;

    public static string Decode(ReadOnlySpan<byte> raw)
    {
        raw = raw[..WholeCharacters(raw)];
        return raw.Contains((byte)'\\') ? Unescape(Encoding.UTF8.GetString(raw)) : Encoding.UTF8.GetString(raw);
    }

    /// <summary>A count: an integer that is not negative, also when written as 5.0 or 5e0.</summary>
    public static bool TryReadCount(ReadOnlySpan<byte> raw, out long count)
    {
        if (Utf8Parser.TryParse(raw, out count, out var consumed) && consumed == raw.Length)
        {
            return count is >= 0 and <= LargestExactInteger;
        }

        if (Utf8Parser.TryParse(raw, out double number, out consumed)
            && consumed == raw.Length
            && number is >= 0 and <= LargestExactInteger
            && Math.Floor(number) == number)
        {
            count = (long)number;
            return true;
        }

        return false;
    }

    /// <summary>An amount: a number that is neither negative nor beyond all bounds.</summary>
    public static bool TryReadAmount(ReadOnlySpan<byte> raw, out double amount) =>
        Utf8Parser.TryParse(raw, out amount, out var consumed)
        && consumed == raw.Length
        && amount is >= 0 and <= LargestExactInteger;

    /// <summary>Length without a character that was cut in the middle.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> raw)
    {
        for (var back = 1; back <= 3 && back <= raw.Length; back++)
        {
            var value = raw[^back];
            if (value < 0x80)
            {
                return raw.Length;
            }

            if (value >= 0xC0)
            {
                var needed = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
                return back < needed ? raw.Length - back : raw.Length;
            }
        }

        return raw.Length;
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            if (++i == text.Length)
            {
                break;
            }

            if (text[i] != 'u')
            {
                result.Append(Escaped(text[i]));
            }
            else if (i + 4 < text.Length && TryReadHex(text.AsSpan(i + 1, 4), out var unit))
            {
                result.Append(unit);
                i += 4;
            }
            else
            {
                break;
            }
        }

        return result.ToString();
    }

    private static bool TryReadHex(ReadOnlySpan<char> digits, out char unit)
    {
        var read = ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        unit = (char)value;
        return read;
    }

    private static char Escaped(char letter) => letter switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        'f' => '\f',
        _ => letter,
    };
}
