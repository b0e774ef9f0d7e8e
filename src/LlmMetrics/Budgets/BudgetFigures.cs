using System.Runtime.InteropServices;

namespace LlmMetrics.Budgets;

/// <summary>The figures of one budget, or of several with the same period taken together.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BudgetFigures(
    double LimitUsd, double SpentUsd, long UnpricedCalls, DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Before it the rate would say nothing.</summary>
    private const double FirstShare = 0.01;

    public double RemainingUsd => LimitUsd - SpentUsd;

    /// <summary>Share that is spent over share of the period that is past.</summary>
    public double? BurnRate(DateTimeOffset now)
    {
        var past = (now - Start) / (End - Start);
        return past < FirstShare ? null : SpentUsd / LimitUsd / past;
    }

    /// <summary>The sums of both.</summary>
    public BudgetFigures With(in BudgetFigures other) => this with
    {
        LimitUsd = LimitUsd + other.LimitUsd,
        SpentUsd = SpentUsd + other.SpentUsd,
        UnpricedCalls = UnpricedCalls + other.UnpricedCalls,
    };
}
