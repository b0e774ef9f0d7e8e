using System.Globalization;

namespace LlmMetrics.Workload.Sources;

/// <summary>Names and times of the JSON files (docs/json-files.md).</summary>
internal static class JsonFile
{
    private const string Prefix = "metrics-";
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";
    private const int TimeLength = 19;

    public static bool IsOurs(string name) => name.StartsWith(Prefix, StringComparison.Ordinal)
        && name.Length > Prefix.Length + TimeLength
        && name[(Prefix.Length + TimeLength)..] is ".json" or ".json.gz"
        && TryTime(name, out _);

    public static DateTimeOffset TimeOf(string name) => TryTime(name, out var time)
        ? time
        : throw new FormatException($"{name} has no time in its name");

    /// <summary>Seconds since 1970 of a time without a zone, which is UTC.</summary>
    public static double Seconds(string text) =>
        (DateTimeOffset.Parse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal) - DateTimeOffset.UnixEpoch)
        .TotalSeconds;

    private static bool TryTime(string name, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        name.AsSpan(Prefix.Length, TimeLength), TimeFormat, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
