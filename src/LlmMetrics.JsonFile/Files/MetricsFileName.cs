using System.Globalization;

namespace LlmMetrics.Files;

/// <summary>
/// The names of our files: <c>metrics-yyyyMMddTHHmmssfffZ.json</c>, with <c>.gz</c> if compressed. What does not parse
/// as one is not ours and is never touched.
/// </summary>
internal static class MetricsFileName
{
    public const string Plain = ".json";
    public const string Compressed = ".json.gz";
    public const string Temporary = ".tmp";

    private const string Prefix = "metrics-";
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";
    private const int TimeLength = 19;

    public static string Format(DateTimeOffset time, string extension) =>
        string.Concat(Prefix, time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture), extension);

    public static bool TryParse(ReadOnlySpan<char> name, out DateTimeOffset time)
    {
        time = default;
        if (!name.StartsWith(Prefix, StringComparison.Ordinal) || name.Length < Prefix.Length + TimeLength)
        {
            return false;
        }

        return name[(Prefix.Length + TimeLength)..] is Plain or Compressed
            && DateTimeOffset.TryParseExact(
                name.Slice(Prefix.Length, TimeLength),
                TimeFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out time);
    }

    /// <summary>Whether a file is one that a writer of ours has not finished.</summary>
    public static bool IsTemporary(ReadOnlySpan<char> name) =>
        name.EndsWith(Temporary, StringComparison.Ordinal) && TryParse(name[..^Temporary.Length], out _);
}
