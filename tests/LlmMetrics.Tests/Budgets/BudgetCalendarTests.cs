using System.Globalization;
using LlmMetrics.Budgets;

namespace LlmMetrics.Tests.Budgets;

public sealed class BudgetCalendarTests
{
    [Theory]
    [InlineData("2026-11-25T20:00:00Z", BudgetPeriod.Daily, "UTC", "2026-11-25T00:00:00Z", "2026-11-26T00:00:00Z")]
    [InlineData("2026-11-25T00:00:00Z", BudgetPeriod.Daily, "UTC", "2026-11-25T00:00:00Z", "2026-11-26T00:00:00Z")]
    [InlineData("2026-12-31T23:59:59Z", BudgetPeriod.Monthly, "UTC", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("2028-02-29T12:00:00Z", BudgetPeriod.Monthly, "UTC", "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z")]
    [InlineData(
        "2026-11-25T23:30:00Z", BudgetPeriod.Daily, "Europe/Paris", "2026-11-25T23:00:00Z", "2026-11-26T23:00:00Z")]
    [InlineData(
        "2026-03-29T12:00:00Z", BudgetPeriod.Daily, "Europe/Paris", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")]
    [InlineData(
        "2026-10-25T12:00:00Z", BudgetPeriod.Daily, "Europe/Paris", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    [InlineData(
        "2026-03-31T22:30:00Z", BudgetPeriod.Monthly, "Europe/Paris", "2026-03-31T22:00:00Z", "2026-04-30T22:00:00Z")]
    [InlineData(
        "2026-11-25T03:00:00Z", BudgetPeriod.Daily, "America/New_York", "2026-11-24T05:00:00Z",
        "2026-11-25T05:00:00Z")]

    // Clocks leap over midnight there, or come back to it.
    [InlineData(
        "2018-11-04T12:00:00Z", BudgetPeriod.Daily, "America/Sao_Paulo", "2018-11-04T03:00:00Z",
        "2018-11-05T02:00:00Z")]
    [InlineData(
        "2018-02-17T12:00:00Z", BudgetPeriod.Daily, "America/Sao_Paulo", "2018-02-17T02:00:00Z",
        "2018-02-18T03:00:00Z")]
    [InlineData(
        "2026-11-01T12:00:00Z", BudgetPeriod.Daily, "America/Havana", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")]
    public void PeriodOf_Moment_IsThePeriodAroundIt(
        string moment, BudgetPeriod period, string zone, string start, string end)
    {
        var found = BudgetCalendar.PeriodOf(Parse(moment), period, TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal((Parse(start), Parse(end)), found);
    }

    [Theory]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Africa/Cairo")]
    [InlineData("Asia/Beirut")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Pacific/Apia")]
    [InlineData("Europe/Paris")]
    public void PeriodOf_EveryHourOfTenYears_LeavesNoGapAndContainsTheMoment(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var moment = Parse("2012-01-01T00:00:00Z");
        var before = BudgetCalendar.PeriodOf(moment, BudgetPeriod.Daily, zone);
        for (; moment.Year < 2022; moment = moment.AddHours(1))
        {
            var now = BudgetCalendar.PeriodOf(moment, BudgetPeriod.Daily, zone);
            Assert.True(now.Start <= moment && moment < now.End, $"{moment:O} is not in {now}");
            Assert.True(now == before || now.Start == before.End, $"{before} and {now} do not meet");
            before = now;
        }
    }

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
