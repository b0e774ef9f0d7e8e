using System.Globalization;

namespace LlmMetrics.Monitoring;

/// <summary>Durations as Prometheus writes them: in the largest unit that is whole.</summary>
internal static class PrometheusDuration
{
    private static readonly (TimeSpan Unit, string Letter)[] _units =
    [
        (TimeSpan.FromDays(1), "d"), (TimeSpan.FromHours(1), "h"), (TimeSpan.FromMinutes(1), "m"),
        (TimeSpan.FromSeconds(1), "s"), (TimeSpan.FromMilliseconds(1), "ms"),
    ];

    public static string Of(TimeSpan duration)
    {
        var (unit, letter) = _units.First(unit => duration.Ticks % unit.Unit.Ticks == 0);
        return (duration.Ticks / unit.Ticks).ToString(CultureInfo.InvariantCulture) + letter;
    }
}
