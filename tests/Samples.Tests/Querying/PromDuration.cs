using System.Globalization;

namespace Samples.Tests.Querying;

/// <summary>Durations as PromQL writes them.</summary>
internal static class PromDuration
{
    public static TimeSpan Parse(string text)
    {
        var number = int.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture);
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => throw new FormatException(text),
        };
    }
}
