using System.Globalization;

namespace LlmMetrics.Workload.Output;

/// <summary>How figures are written in reports.</summary>
internal static class Figures
{
    public const string Unknown = "not measured";
    public const string None = "–";

    private static readonly CultureInfo _english = CultureInfo.InvariantCulture;

    public static string Whole(double? value) => value is { } number ? number.ToString("#,0", _english) : Unknown;

    public static string Users(long count) => count == 1 ? "1 user" : Whole(count) + " users";

    public static string Gpus(int? value) => value is { } number ? number.ToString("#,0", _english) : "unreachable";

    public static string Range(int? low, int? high) =>
        $"{Gpus(low)} to {Gpus(high)}";

    public static string Milliseconds(double? value) => value is { } number ? number.ToString("#,0", _english) : None;

    public static string Rate(double? value) => value is { } number ? number.ToString("#,0.00", _english) : None;

    public static string Tenth(double? value) => value is { } number ? number.ToString("#,0.0", _english) : None;

    public static string Percent(double value) => value.ToString("P1", _english)
        .Replace("%", "", StringComparison.Ordinal).Trim() + " %";

    public static string Dollars(double? value) => value switch
    {
        null => None,
        >= 1000 => value.Value.ToString("#,0", _english),
        _ => value.Value.ToString("#,0.00", _english),
    };

    public static string Date(DateTimeOffset date) => date == default
        ? "undated"
        : date.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", _english);
}
