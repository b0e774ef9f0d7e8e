namespace LlmMetrics.Tests.Budgets;

public sealed class BudgetStatusTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(4, 6, false)]
    [InlineData(10, 0, true)]
    [InlineData(12, -2, true)]
    public void RemainingUsd_Spent_IsWhatIsLeft(double spent, double remaining, bool isExhausted)
    {
        var status = Status(spent);

        Assert.Equal((remaining, isExhausted), (status.RemainingUsd, status.IsExhausted));
    }

    [Theory]
    [InlineData(0.09, null)]
    [InlineData(1, 4.0)]
    [InlineData(4, 1.0)]
    [InlineData(10, 0.4)]
    public void BurnRate_DaysOfTen_IsShareSpentOverSharePast(double days, double? rate) =>
        Assert.Equal(rate, Status(spent: 4).BurnRate(_start.AddDays(days)));

    private static BudgetStatus Status(double spent) => new(
        "b", Value: null, LimitUsd: 10, spent, UnpricedCalls: 0, _start, _start.AddDays(10));
}
