namespace LlmMetrics.Workload.Measurements;

/// <summary>The day of one user as the simulation needs it.</summary>
/// <param name="Messages">Messages per day, or null.</param>
/// <param name="Requests">Requests per day.</param>
/// <param name="InputTokens">Input tokens per day.</param>
/// <param name="OutputTokens">Output tokens per day.</param>
/// <param name="HourShares">Share of each hour of the day.</param>
/// <param name="IsPatternMeasured">Whether the shares are from the data.</param>
/// <param name="ObservedRequests">Requests that were really seen: what all confidence rests on.</param>
internal sealed record UserDay(
    double? Messages,
    double Requests,
    double InputTokens,
    double OutputTokens,
    IReadOnlyList<double> HourShares,
    bool IsPatternMeasured,
    double ObservedRequests)
{
    public double PeakShare => HourShares.Max();

    public int PeakHour => HourShares.ToList().IndexOf(PeakShare);

    public static UserDay Of(WorkloadMeasurement measured)
    {
        var pattern = measured.RequestsByHour;
        var factor = (pattern is null ? DailyProfile.DaysFactor(measured.Hours) : 24 / measured.Hours)
            / measured.MeasuredUsers;
        var total = pattern?.Sum() ?? 1;
        return new UserDay(
            measured.Messages * factor,
            measured.Requests * factor,
            measured.InputTokens * factor,
            measured.OutputTokens * factor,
            pattern is null ? DailyProfile.Shares : [.. pattern.Select(hour => hour / total)],
            pattern is not null,
            measured.Requests);
    }
}
