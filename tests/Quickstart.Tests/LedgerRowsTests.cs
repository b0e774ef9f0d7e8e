using Quickstart.Report;
using Simulator;

namespace Quickstart.Tests;

public sealed class LedgerRowsTests
{
    private const string Served = "gpt-4o-2024-08-06";

    private static readonly LedgerTotal[] _totals =
    [
        Total("chat", LedgerOutcome.Completed, requests: 3, withUsage: 2),
        Total("chat", LedgerOutcome.Rejected, requests: 2, withUsage: 0),
        Total("chat", LedgerOutcome.ClientGone, requests: 1, withUsage: 0),
        Total("responses", LedgerOutcome.AbortedByServer, requests: 1, withUsage: 0),
    ];

    [Fact]
    public void From_ResponsesAndChat_AreOneOperation()
    {
        var row = Assert.Single(LedgerRows.From(_totals));

        Assert.Equal("chat", row.Operation);
        Assert.Equal(7, row.Calls);
        Assert.Equal(3, row.Ok);
        Assert.Equal(3, row.Errors);
        Assert.Equal(1, row.Cancelled);
        Assert.Equal(3, row.MissingUsage);
        Assert.Equal(20, row.InputTokens);
    }

    [Fact]
    public void From_ServedModel_NamesTheRow()
    {
        var total = Total("chat", LedgerOutcome.Completed, requests: 1, withUsage: 1) with { ServedModel = "dated" };

        Assert.Equal("dated", Assert.Single(LedgerRows.From([total])).Model);
    }

    [Fact]
    public void From_ModelWithoutPrice_IsUnpricedWhereItsUsageIsKnown()
    {
        var total = Total("chat", LedgerOutcome.Completed, requests: 3, withUsage: 2) with
        {
            ServedModel = Workload.WorkPlan.UnpricedModel,
        };

        Assert.Equal(2, Assert.Single(LedgerRows.From([total])).Unpriced);
    }

    [Theory]
    [InlineData("gpt-4o-mini-2024-07-18", 0.4 * 0.15 + 0.6 * 0.075 + 0.1 * 0.6)]
    [InlineData("gpt-4o-2024-08-06", 0.4 * 2.5 + 0.6 * 1.25 + 0.1 * 10)]
    [InlineData("gpt-4.1-mini-2025-04-14", 0.4 * 0.4 + 0.6 * 0.1 + 0.1 * 1.6)]
    [InlineData("gpt-5-mini-2025-08-07", 0.4 * 0.25 + 0.6 * 0.025 + 0.1 * 2)]
    [InlineData("text-embedding-3-small", 0.02)]
    public void From_ListedModel_CostsItsInputItsCachedInputAndItsOutput(string model, double cost)
    {
        var total = Total("chat", LedgerOutcome.Completed, requests: 1, withUsage: 1) with
        {
            ServedModel = model,
            InputTokens = 1_000_000,
            CachedTokens = 600_000,
            OutputTokens = 100_000,
        };

        Assert.Equal(cost, Assert.Single(LedgerRows.From([total])).Cost!.Value, 1e-12);
    }

    [Theory]
    [InlineData(Workload.WorkPlan.UnpricedModel, 2)]
    [InlineData(Served, 0)]
    public void Differences_CostWhereNoneIsDue_IsNoticed(string model, long withUsage)
    {
        var rows = LedgerRows.From(
            [Total("chat", LedgerOutcome.Completed, requests: 2, withUsage) with { ServedModel = model }]);
        var row = Assert.Single(rows);

        Assert.Null(row.Cost);
        Assert.Empty(LedgerRows.Differences(rows, rows));
        Assert.Contains(
            "cost measured 0.5, served none",
            Assert.Single(LedgerRows.Differences([row with { Cost = 0.5 }], rows)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Differences_CostOfAModelThatIsNotListed_IsNotJudged()
    {
        var rows = LedgerRows.From(
            [Total("chat", LedgerOutcome.Completed, requests: 1, withUsage: 1) with { ServedModel = "unlisted" }]);

        Assert.Empty(LedgerRows.Differences([rows[0] with { Cost = 0.5 }], rows));
    }

    [Fact]
    public void Differences_CostAddedUpInAnotherOrder_IsTheSame()
    {
        var rows = LedgerRows.From(_totals);

        Assert.Empty(LedgerRows.Differences([rows[0] with { Cost = rows[0].Cost + 1e-12 }], rows));
    }

    [Fact]
    public void Differences_SameFigures_AreNone()
    {
        var rows = LedgerRows.From(_totals);

        Assert.Empty(LedgerRows.Differences(rows, rows));
    }

    [Fact]
    public void Differences_EachFigure_IsNoticed()
    {
        var rows = LedgerRows.From(_totals);
        var row = rows[0];
        CallRow[] wrong =
        [
            row with { Calls = row.Calls + 1 },
            row with { Ok = row.Ok + 1 },
            row with { Errors = row.Errors + 1 },
            row with { RateLimited = row.RateLimited + 1 },
            row with { Cancelled = row.Cancelled + 1 },
            row with { MissingUsage = row.MissingUsage + 1 },
            row with { InputTokens = row.InputTokens + 1 },
            row with { OutputTokens = row.OutputTokens + 1 },
            row with { CachedTokens = row.CachedTokens + 1 },
            row with { ReasoningTokens = row.ReasoningTokens + 1 },
            row with { Unpriced = row.Unpriced + 1 },
            row with { Cost = row.Cost + 1e-7 },
            row with { Cost = null },
        ];

        Assert.All(wrong, w => Assert.Single(LedgerRows.Differences([w], rows)));
    }

    [Fact]
    public void Differences_MissingAndExtraRows_AreNoticed()
    {
        var rows = LedgerRows.From(_totals);

        Assert.NotEmpty(LedgerRows.Differences([], rows));
        Assert.NotEmpty(LedgerRows.Differences(rows, []));
    }

    private static LedgerTotal Total(string operation, LedgerOutcome outcome, long requests, long withUsage) => new()
    {
        Operation = operation,
        RequestedModel = "gpt-4o",
        ServedModel = Served,
        Outcome = outcome,
        Requests = requests,
        WithUsage = withUsage,
        InputTokens = withUsage * 10,
    };
}
