namespace LlmMetrics.Budgets;

/// <summary>Days and months of a time zone.</summary>
internal static class BudgetCalendar
{
    /// <summary>The period around a moment.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End) PeriodOf(
        DateTimeOffset moment, BudgetPeriod period, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(moment, zone).Date;
        var first = period == BudgetPeriod.Monthly ? today.AddDays(1 - today.Day) : today;
        var next = period == BudgetPeriod.Monthly ? first.AddMonths(1) : first.AddDays(1);
        return (MomentOf(first, zone), MomentOf(next, zone));
    }

    /// <summary>When a day begins: where the clocks leap over midnight, when they have leapt.</summary>
    private static DateTimeOffset MomentOf(DateTime midnight, TimeZoneInfo zone)
    {
        var local = midnight;
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        // Where midnight comes twice, the day begins with the first.
        var offset = zone.IsAmbiguousTime(local)
            ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
