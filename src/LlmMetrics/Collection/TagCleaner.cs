using System.Globalization;

namespace LlmMetrics.Collection;

/// <summary>
/// Makes tags of foreign measurements fit to be kept: each name once (the last value wins, as in the OpenTelemetry
/// API), no missing names, and values that are short text, numbers or truth values.
/// </summary>
internal static class TagCleaner
{
    public static bool IsClean(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i].Key is null || !IsClean(tags[i].Value) || IsNamed(tags[(i + 1)..], tags[i].Key))
            {
                return false;
            }
        }

        return true;
    }

    public static KeyValuePair<string, object?>[] Clean(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var clean = new List<KeyValuePair<string, object?>>(tags.Length);
        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i].Key is { } key && !IsNamed(tags[(i + 1)..], key))
            {
                clean.Add(new(key, Clean(tags[i].Value)));
            }
        }

        return [.. clean];
    }

    private static bool IsNamed(ReadOnlySpan<KeyValuePair<string, object?>> tags, string key)
    {
        foreach (ref readonly var tag in tags)
        {
            if (string.Equals(tag.Key, key, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsClean(object? value) => value switch
    {
        string text => TagText.IsHarmless(text),
        null or bool or byte or sbyte or short or ushort or int or uint or long or ulong => true,
        float or double or decimal or char => true,
        _ => false,
    };

    /// <summary>Anything else becomes text at once: an array or object would be another value each time.</summary>
    private static object? Clean(object? value) => value switch
    {
        string text => TagText.Sanitise(text),
        _ when IsClean(value) => value,
        _ => TagText.Sanitise(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty),
    };
}
