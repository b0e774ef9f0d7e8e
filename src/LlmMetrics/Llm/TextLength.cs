using System.Runtime.InteropServices;

namespace LlmMetrics.Llm;

/// <summary>Counts the characters (code points) of a JSON string that comes in pieces, its escapes resolved.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TextLength
{
    private const int AfterBackslash = -1;
    private const int HexDigits = 4;

    /// <summary>Texts up to this length are taken for text, whatever is in them.</summary>
    private const int MaxUnspaced = 512;
    private int _state;
    private int _unit;
    private bool _hasSpace;

    public long Characters { readonly get; private set; }

    /// <summary>Length in UTF-8.</summary>
    public long Bytes { readonly get; private set; }

    /// <summary>Whether it is more likely to be base64 than words: long, in ASCII, and without any space.</summary>
    public readonly bool IsBinary => Bytes > MaxUnspaced && Bytes == Characters && !_hasSpace;

    public void Add(ReadOnlySpan<byte> raw)
    {
        foreach (var value in raw)
        {
            if (_state > 0)
            {
                AddHex(value);
            }
            else if (_state == AfterBackslash)
            {
                _state = value == (byte)'u' ? HexDigits : 0;
                _unit = 0;
                if (_state == 0)
                {
                    Characters++;
                    Bytes++;
                    _hasSpace |= value is (byte)'n' or (byte)'r' or (byte)'t';
                }
            }
            else if (value == (byte)'\\')
            {
                _state = AfterBackslash;
            }
            else
            {
                Characters += (value & 0xC0) == 0x80 ? 0 : 1;
                Bytes++;
                _hasSpace |= value == (byte)' ';
            }
        }
    }

    private void AddHex(byte digit)
    {
        // A letter's lower four bits are one to six, for ten to fifteen.
        _unit = (_unit << 4) | ((digit & 0xF) + (digit > (byte)'9' ? 9 : 0));
        _state--;
        if (_state == 0)
        {
            AddUnit((char)_unit);
        }
    }

    private void AddUnit(char unit)
    {
        // The two halves of a pair are one character of four bytes.
        Characters += char.IsLowSurrogate(unit) ? 0 : 1;
        Bytes += char.IsSurrogate(unit) ? 2 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
        _hasSpace |= unit == ' ';
    }
}
