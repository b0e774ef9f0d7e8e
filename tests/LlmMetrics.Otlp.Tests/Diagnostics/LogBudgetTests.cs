using LlmMetrics.Testing;
using Xunit;

namespace LlmMetrics.Diagnostics;

public sealed class LogBudgetTests
{
    [Fact]
    public void TrySpend_WithinAndAfterAMinute_AllowsSoManyAndTellsTheRest()
    {
        var time = new ManualTimeProvider();
        var budget = new LogBudget(2, time);

        Assert.True(budget.TrySpend(out _));
        Assert.True(budget.TrySpend(out _));
        Assert.False(budget.TrySpend(out _));
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(budget.TrySpend(out _));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(budget.TrySpend(out var suppressed));
        Assert.Equal(2, suppressed);
        Assert.True(budget.TrySpend(out suppressed));
        Assert.Equal(0, suppressed);
    }
}
