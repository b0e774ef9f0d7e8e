namespace LlmMetrics.Workload.Measurements;

/// <summary>
/// The day of an office user, used where the data do not say when requests came: 9 to 12 and 14 to 18 active, 12 to 14
/// little, 18 to 22 light, 22 to 9 idle.
/// </summary>
internal static class DailyProfile
{
    public const double Active = 1;
    public const double Light = 0.5;
    public const double Little = 0.2;

    private const int Hours = 24;

    /// <summary>Activity of each hour of the day, 1 being active.</summary>
    public static double[] Weights { get; } =
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, Active, Active, Active, Little, Little, Active, Active, Active, Active,
        Light, Light, Light, Light, 0, 0,
    ];

    /// <summary>Shares of the day's requests by hour; they sum up to 1.</summary>
    public static double[] Shares { get; } = [.. Weights.Select(static weight => weight / Weights.Sum())];

    /// <summary>
    /// What a measurement must be multiplied with to be a day. A shorter test is taken as the busiest hours of the day,
    /// because nobody tests asleep; whole days count as they are.
    /// </summary>
    public static double DaysFactor(double hours)
    {
        if (hours >= Hours)
        {
            return Hours / hours;
        }

        var covered = 0.0;
        var left = hours;
        foreach (var weight in Weights.OrderDescending())
        {
            covered += weight * Math.Clamp(left, 0, 1);
            left--;
        }

        return Weights.Sum() / covered;
    }
}
