using Quickstart.Report;
using Simulator;

namespace Quickstart.Tests;

public sealed class LedgerRowsTests
{
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
        Outcome = outcome,
        Requests = requests,
        WithUsage = withUsage,
        InputTokens = withUsage * 10,
    };
}
