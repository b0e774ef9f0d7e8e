using System.Buffers;
using System.Text;

namespace LlmMetrics.Exposition;

/// <summary>Writes text between quotes: escaped, valid UTF-8 whatever the string holds, and cut at a length.</summary>
internal static class QuotedText
{
    /// <summary>Code points that a label value keeps; of a longer one the last is an ellipsis.</summary>
    public const int MaxLabelValue = 256;

    private const char Ellipsis = '\u2026';

    private static readonly SearchValues<char> _plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Writes a text with backslash, line feed and, unless told otherwise, quotes escaped.</summary>
    /// <returns>Whether it reads back as the same text.</returns>
    public static bool Write(ByteBuffer target, ReadOnlySpan<char> text, int limit, bool quotes = true)
    {
        if (text.Length <= limit && !text.ContainsAnyExcept(_plain))
        {
            target.WriteAscii(text);
            return true;
        }

        var cut = IsLonger(text, limit);
        var kept = cut ? limit - 1 : limit;
        var same = !cut;
        for (var i = 0; i < kept && text.Length > 0; i++)
        {
            same &= Rune.DecodeFromUtf16(text, out var rune, out var consumed) == OperationStatus.Done;
            text = text[consumed..];
            WriteEscaped(target, rune, quotes);
        }

        if (cut)
        {
            target.Write(new Rune(Ellipsis));
        }

        return same;
    }

    private static void WriteEscaped(ByteBuffer target, Rune rune, bool quotes)
    {
        switch (rune.Value)
        {
            case '\\':
                target.Write(@"\\"u8);
                break;
            case '\n':
                target.Write(@"\n"u8);
                break;
            case '"' when quotes:
                target.Write("\\\""u8);
                break;
            default:
                target.Write(rune);
                break;
        }
    }

    private static bool IsLonger(ReadOnlySpan<char> text, int limit)
    {
        if (text.Length <= limit)
        {
            return false;
        }

        for (var i = 0; i < limit; i++)
        {
            Rune.DecodeFromUtf16(text, out _, out var consumed);
            text = text[consumed..];
            if (text.IsEmpty)
            {
                return false;
            }
        }

        return true;
    }
}
