using System.Runtime.InteropServices;

namespace LlmMetrics.Llm;

/// <summary>Counts the characters (code points) of a JSON string that comes in pieces, its escapes resolved.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TextLength
{
    private const int AfterBackslash = -1;
    private const int HexDigits = 4;
    private int _state;
    private int _unit;

    public long Characters { readonly get; private set; }

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
                Characters += _state == 0 ? 1 : 0;
            }
            else if (value == (byte)'\\')
            {
                _state = AfterBackslash;
            }
            else
            {
                Characters += (value & 0xC0) == 0x80 ? 0 : 1;
            }
        }
    }

    private void AddHex(byte digit)
    {
        // A letter's lower four bits are one to six, for ten to fifteen.
        _unit = (_unit << 4) | ((digit & 0xF) + (digit > (byte)'9' ? 9 : 0));
        _state--;
        if (_state == 0 && !char.IsLowSurrogate((char)_unit))
        {
            Characters++;
        }
    }
}
