using System.Globalization;
using System.Text.Json;

namespace LlmMetrics.Format;

/// <summary>Numbers, times and tag values as valid JSON, whatever they are.</summary>
internal static class JsonValues
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff";

    /// <summary>A number; NaN and the infinities, which JSON has no number for, as text.</summary>
    public static void WriteFigure(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, double value)
    {
        writer.WritePropertyName(name);
        WriteNumber(writer, value);
    }

    /// <summary>An integer with all its digits, also beyond what a double holds exactly.</summary>
    public static void WriteFigure(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Int128 value)
    {
        writer.WritePropertyName(name);
        Span<byte> digits = stackalloc byte[40];
        value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        writer.WriteRawValue(digits[..length], skipInputValidation: true);
    }

    /// <summary>ISO 8601 in UTC with six digits and no zone.</summary>
    public static void WriteTime(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[32];
        time.UtcDateTime.TryFormat(text, out var length, TimeFormat, CultureInfo.InvariantCulture);
        writer.WriteString(name, text[..length]);
    }

    /// <summary>Seconds since 1970 with six digits.</summary>
    public static int FormatUnixSeconds(DateTimeOffset time, Span<byte> buffer)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var seconds = decimal.Round(ticks / TimeSpan.TicksPerMicrosecond) / 1_000_000m;
        seconds.TryFormat(buffer, out var length, "F6", CultureInfo.InvariantCulture);
        return length;
    }

    public static void WriteTags(this Utf8JsonWriter writer, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        writer.WriteStartObject("tags"u8);
        for (var i = 0; i < tags.Length; i++)
        {
            if (!IsRepeated(tags, i))
            {
                writer.WritePropertyName(tags[i].Key);
                WriteValue(writer, tags[i].Value);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>Whether a later tag has the same key: readers would keep the last one only, or refuse.</summary>
    private static bool IsRepeated(ReadOnlySpan<KeyValuePair<string, object?>> tags, int index)
    {
        for (var later = index + 1; later < tags.Length; later++)
        {
            if (tags[later].Key == tags[index].Key)
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case double number:
                WriteNumber(writer, number);
                break;
            case float number when float.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong large:
                writer.WriteNumberValue(large);
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteStringValue(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "+Inf"u8 : "-Inf"u8);
        }
    }
}
