using System.Numerics;
using System.Runtime.CompilerServices;

namespace LlmMetrics.Llm;

/// <summary>
/// What was found so far: the last value of each field that was not null. Texts are kept as bytes, so that a model
/// name repeated in ten thousand chunks becomes one string.
/// </summary>
internal sealed class FieldCapture
{
    public const int MaxTextBytes = 256;
    private const int FirstText = (int)LlmField.Model;
    private const int TextCount = (int)LlmField.Deed - FirstText + 1;

    private readonly byte[] _texts = new byte[TextCount * MaxTextBytes];
    private TextLengths _lengths;
    private Figures _figures;
    private Figures _staged;
    private ulong _present;
    private ulong _stagedPresent;
    private bool _staging;

    /// <summary>Characters of the texts whose length was asked for.</summary>
    public long TextCharacters { get; private set; }

    /// <summary>Bytes of these texts in UTF-8.</summary>
    public long TextBytes { get; private set; }

    public bool Has(LlmField field) => (_present & (1UL << (int)field)) != 0;

    public long? Figure(LlmField field) => Has(field) ? _figures[(int)field] : null;

    public double? Amount(LlmField field) =>
        Has(field) ? BitConverter.Int64BitsToDouble(_figures[(int)field]) : null;

    public ReadOnlySpan<byte> Text(LlmField field) =>
        Has(field) ? _texts.AsSpan(Offset(field), _lengths[(int)field - FirstText]) : default;

    /// <summary>The text with its escapes resolved; null if there is none.</summary>
    public string? String(LlmField field) => Has(field) ? TextCache.Get(Text(field)) : null;

    /// <summary>The same for a text that hardly comes twice.</summary>
    public string? UniqueString(LlmField field) => Has(field) ? JsonText.Decode(Text(field)) : null;

    public void SetFigure(LlmField field, long figure)
    {
        if (_staging)
        {
            _staged[(int)field] = figure;
            _stagedPresent |= 1UL << (int)field;
            return;
        }

        _figures[(int)field] = figure;
        _present |= 1UL << (int)field;
    }

    public void SetAmount(LlmField field, double amount) =>
        SetFigure(field, BitConverter.DoubleToInt64Bits(amount));

    public void Increment(LlmField field) => SetFigure(field, (Figure(field) ?? 0) + 1);

    /// <summary>An object or a list has ended.</summary>
    public void End(JsonNode node)
    {
        if (node.Kinds.Length > 0)
        {
            Assign(node.Kinds);
        }

        if (node.Counts.Length > 0)
        {
            Count(node.Counts);
        }

        if (node.IsAtomic)
        {
            Commit();
        }
    }

    /// <summary>Gives the figure of an item that has just ended to the field that the item's kind stands for.</summary>
    private void Assign(FieldKind[] kinds)
    {
        const ulong figure = 1UL << (int)LlmField.KindTokens;
        if (((_staging ? _stagedPresent : _present) & figure) != 0)
        {
            var tokens = _staging ? _staged[(int)LlmField.KindTokens] : _figures[(int)LlmField.KindTokens];
            foreach (var (name, field) in kinds)
            {
                if (Text(LlmField.Kind).SequenceEqual(name))
                {
                    SetFigure(field, tokens);
                }
            }
        }

        _stagedPresent &= ~figure;
        _present &= ~(figure | (1UL << (int)LlmField.Kind));
    }

    /// <summary>A list begins: it tells all its items, so what an earlier one told no longer holds.</summary>
    public void Recount(JsonNode items)
    {
        if (items.Counter != LlmField.None)
        {
            Forget(items.Counter);
        }

        foreach (var count in items.Counts)
        {
            Forget(count.Field);
        }
    }

    /// <summary>Counts an item that has just ended as what its kind, and what it did, stand for.</summary>
    private void Count(ItemCount[] counts)
    {
        foreach (var count in counts)
        {
            if (!count.IsOf(Text(LlmField.Kind), Text(LlmField.Deed)))
            {
                continue;
            }

            if (count.Field == LlmField.OtherCharges)
            {
                SetMarker(count.Field);
            }
            else
            {
                Increment(count.Field);
            }
        }

        _present &= ~((1UL << (int)LlmField.Kind) | (1UL << (int)LlmField.Deed));
    }

    public void SetMarker(LlmField field) => _present |= 1UL << (int)field;

    /// <summary>Keeps a text as it stands in the JSON. An empty one says nothing and leaves an earlier one.</summary>
    public void SetText(LlmField field, ReadOnlySpan<byte> raw)
    {
        if (raw.IsEmpty)
        {
            return;
        }

        raw.CopyTo(_texts.AsSpan(Offset(field), MaxTextBytes));
        _lengths[(int)field - FirstText] = raw.Length;
        _present |= 1UL << (int)field;
    }

    /// <summary>Keeps a number, true or false, if it is what the field holds.</summary>
    public void SetScalar(LlmField field, ReadOnlySpan<byte> raw)
    {
        if (field >= LlmField.Model)
        {
            if (field == LlmField.ErrorCode && char.IsAsciiDigit((char)raw[0]))
            {
                SetText(field, raw);
            }
        }
        else if (field == LlmField.OtherCharges)
        {
            if (JsonText.TryReadAmount(raw, out var charged) && charged > 0)
            {
                SetMarker(field);
            }
        }
        else if (field >= LlmField.CostUsd)
        {
            if (JsonText.TryReadAmount(raw, out var amount))
            {
                SetAmount(field, amount);
            }
        }
        else if (JsonText.TryReadCount(raw, out var count))
        {
            SetFigure(field, count);
        }
        else if (field is LlmField.Stream or LlmField.Done && raw.SequenceEqual("true"u8))
        {
            SetFigure(field, 1);
        }
        else if (field == LlmField.Stream && raw.SequenceEqual("false"u8))
        {
            // Known, so that the rest of the request need not be looked at for it.
            SetFigure(field, 0);
        }
    }

    /// <summary>Takes the length of a text for what its place asks for.</summary>
    public void Measure(JsonNode place, in TextLength text)
    {
        if (place.Field == LlmField.Characters)
        {
            SetFigure(LlmField.Characters, text.Characters);
        }

        if (place.IsText)
        {
            AddText(in text);
        }
    }

    /// <summary>Adds the length of a text, unless it is no words.</summary>
    public void AddText(in TextLength text)
    {
        if (!text.IsBinary)
        {
            TextCharacters += text.Characters;
            TextBytes += text.Bytes;
        }
    }

    /// <summary>Holds figures back until <see cref="Commit"/>.</summary>
    public void Stage() => (_staging, _stagedPresent) = (true, 0);

    public void Commit()
    {
        for (var rest = _stagedPresent; rest != 0; rest &= rest - 1)
        {
            var field = BitOperations.TrailingZeroCount(rest);
            _figures[field] = _staged[field];
        }

        _present |= _stagedPresent;
        Rollback();
    }

    public void Rollback() => (_staging, _stagedPresent) = (false, 0);

    public void Forget(LlmField field) => _present &= ~(1UL << (int)field);

    public void Reset()
    {
        _present = 0;
        (TextCharacters, TextBytes) = (0, 0);
        Rollback();
    }

    private static int Offset(LlmField field) => ((int)field - FirstText) * MaxTextBytes;

    [InlineArray(FirstText)]
    private struct Figures
    {
        private long _first;
    }

    [InlineArray(TextCount)]
    private struct TextLengths
    {
        private int _first;
    }
}
