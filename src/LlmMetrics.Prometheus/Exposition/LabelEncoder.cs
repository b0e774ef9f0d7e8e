using System.Globalization;
using LlmMetrics.Naming;

namespace LlmMetrics.Exposition;

/// <summary>
/// Turns the tags of a series into label bytes, <c>a="1",b="2"</c>, sorted by name so that equal label sets are equal
/// bytes. Runs once per series. Not thread-safe: callers take turns.
/// </summary>
internal sealed class LabelEncoder : IComparer<LabelEncoder.Label>
{
    private const int MaxName = 128;
    private const int MaxFormatted = 128;

    private readonly bool _scopeLabels;
    private readonly ByteBuffer _names = new(1024);
    private readonly ByteBuffer _output = new(1024);
    private readonly char[] _formatted = new char[MaxFormatted];
    private Label[] _labels = new Label[16];
    private bool _exact;

    public LabelEncoder(bool scopeLabels) => _scopeLabels = scopeLabels;

    /// <summary>Encodes tags. The result is valid until the next call.</summary>
    /// <param name="tags">The tags.</param>
    /// <param name="exact">False if other tags might give the same bytes, names apart.</param>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<KeyValuePair<string, object?>> tags, out bool exact)
    {
        _names.Clear();
        _output.Clear();
        _exact = true;
        var count = Collect(tags);
        Array.Sort(_labels, 0, count, this);
        for (var i = 0; i < count;)
        {
            i = WriteLabel(tags, i, count);
        }

        exact = _exact;
        Array.Clear(_labels, 0, count);
        return _output.WrittenSpan;
    }

    int IComparer<Label>.Compare(Label x, Label y)
    {
        var order = Name(x).SequenceCompareTo(Name(y));
        order = order != 0 ? order : string.CompareOrdinal(x.Key, y.Key);
        return order != 0 ? order : x.Tag.CompareTo(y.Tag);
    }

    /// <summary>An empty value is no label, in Prometheus too.</summary>
    private int Collect(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_labels.Length < tags.Length)
        {
            _labels = new Label[tags.Length];
        }

        var count = 0;
        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i].Value is null or string { Length: 0 })
            {
                _exact = false;
                continue;
            }

            var start = _names.Length;
            WriteName(tags[i].Key);
            _labels[count++] = new(tags[i].Key, i, start, _names.Length - start);
        }

        return count;
    }

    /// <summary>Writes one label; keys that became the same name share it, with their values joined.</summary>
    private int WriteLabel(ReadOnlySpan<KeyValuePair<string, object?>> tags, int first, int count)
    {
        if (_output.Length > 0)
        {
            _output.Write((byte)',');
        }

        var name = Name(_labels[first]);
        _output.Write(name);
        _output.Write("=\""u8);
        var i = first;
        do
        {
            if (i > first)
            {
                _exact = false;
                _output.Write((byte)';');
            }

            WriteValue(tags[_labels[i].Tag].Value!);
        }
        while (++i < count && Name(_labels[i]).SequenceEqual(name));

        _output.Write((byte)'"');
        return i;
    }

    private void WriteName(string key)
    {
        var name = key.Length > MaxName ? key.AsSpan(0, MaxName) : key;
        _exact &= name.Length == key.Length;
        if (IsReserved(name))
        {
            _names.Write("exported_"u8);
        }

        var start = _names.Length;
        var underscore = false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                if (!underscore)
                {
                    _names.Write((byte)'_');
                }

                underscore = true;
                continue;
            }

            if (_names.Length == start && char.IsAsciiDigit(c))
            {
                _names.Write((byte)'_');
            }

            _names.Write((byte)c);
            underscore = false;
        }

        if (_names.Length == start)
        {
            _names.Write((byte)'_');
        }
    }

    private void WriteValue(object value)
    {
        if (value is string text)
        {
            _exact &= QuotedText.Write(_output, text, QuotedText.MaxLabelValue);
            return;
        }

        // The number 1 and the text "1" are different tags but the same label.
        _exact = false;
        if (value is bool flag)
        {
            _output.Write(flag ? "true"u8 : "false"u8);
        }
        else if (value is ISpanFormattable number
            && number.TryFormat(_formatted, out var written, default, CultureInfo.InvariantCulture))
        {
            QuotedText.Write(_output, _formatted.AsSpan(0, written), QuotedText.MaxLabelValue);
        }
        else
        {
            QuotedText.Write(_output, TextOf(value), QuotedText.MaxLabelValue);
        }
    }

    /// <summary>The value is of a type of the app, whose formatting may fail.</summary>
    private static string TextOf(object value)
    {
        try
        {
            var text = value is IFormattable formattable
                ? formattable.ToString(null, CultureInfo.InvariantCulture)
                : value.ToString();
            return string.IsNullOrEmpty(text) ? value.GetType().Name : text;
        }
        catch (Exception)
        {
            return value.GetType().Name;
        }
    }

    /// <summary>Names that mean something else here: those of buckets and quantiles, and ours if they are on.</summary>
    private bool IsReserved(ReadOnlySpan<char> key) =>
        key is "le" or "quantile"
        || (_scopeLabels && ScopeLabels.AreReserved(PrometheusName.Sanitize(key.ToString())));

    private ReadOnlySpan<byte> Name(in Label label) => _names.WrittenSpan.Slice(label.Start, label.Length);

    internal readonly record struct Label(string Key, int Tag, int Start, int Length);
}
