using System.Globalization;
using Quickstart.Workload;
using Simulator;

namespace Quickstart.Report;

/// <summary>The simulator's account in the shape of the table, and what differs from it.</summary>
public static class LedgerRows
{
    // Costs are sums of doubles, added up in another order on either side.
    private const double Tolerance = 1e-9;

    /// <summary>
    /// One row per operation and model: the served one, or the requested one where none was served. That is how
    /// the default profile tags its model, so both accounts have the same rows.
    /// </summary>
    public static IReadOnlyList<CallRow> From(IEnumerable<LedgerTotal> totals) => totals
        .GroupBy(static t => (
            Operation: Operation(t.Operation), Model: t.ServedModel ?? t.RequestedModel ?? string.Empty))
        .Select(static group => new CallRow
        {
            Operation = group.Key.Operation,
            Model = group.Key.Model,
            Calls = group.Sum(static t => t.Requests),
            Ok = Count(group, LedgerOutcome.Completed),
            Errors = Count(group, LedgerOutcome.Rejected) + Count(group, LedgerOutcome.FailedInStream)
                + Count(group, LedgerOutcome.AbortedByServer),
            RateLimited = group.Sum(static t => t.RateLimited),
            Cancelled = Count(group, LedgerOutcome.ClientGone),
            MissingUsage = group.Where(static t => t.Outcome != LedgerOutcome.Rejected)
                .Sum(static t => t.Requests - t.WithUsage),
            InputTokens = group.Sum(static t => t.InputTokens),
            OutputTokens = group.Sum(static t => t.OutputTokens),
            CachedTokens = group.Sum(static t => t.CachedTokens),
            ReasoningTokens = group.Sum(static t => t.ReasoningTokens),
            Cost = Cost(group.Key.Model, group.Where(static t => t.WithUsage > 0).ToArray()),
            Unpriced = group.Key.Model == WorkPlan.UnpricedModel ? group.Sum(static t => t.WithUsage) : 0,
        })
        .OrderBy(static row => row.Operation, StringComparer.Ordinal)
        .ThenBy(static row => row.Model, StringComparer.Ordinal)
        .ToArray();

    /// <summary>Every figure that differs, as a sentence; empty when all agree.</summary>
    public static IReadOnlyList<string> Differences(
        IReadOnlyList<CallRow> measured, IReadOnlyList<CallRow> served)
    {
        var byKey = measured.ToDictionary(static row => (row.Operation, row.Model));
        var differences = new List<string>();
        foreach (var truth in served)
        {
            var row = byKey.Remove((truth.Operation, truth.Model), out var found) ? found : Nothing(truth);
            Compare(differences, row, truth);
        }

        foreach (var extra in byKey.Values)
        {
            Compare(differences, extra, Nothing(extra));
        }

        return differences;
    }

    // The conventions count a call of the Responses API as a chat.
    private static string Operation(string served) => served == "responses" ? "chat" : served;

    private static long Count(IEnumerable<LedgerTotal> totals, LedgerOutcome outcome) =>
        totals.Where(t => t.Outcome == outcome).Sum(static t => t.Requests);

    // A total's tokens are those told to the client, and the prices have no tiers: it costs what its entries cost.
    private static double? Cost(string model, LedgerTotal[] told) => told.Length == 0
        ? null
        : ListPrices.Cost(
            model,
            told.Sum(static t => t.InputTokens),
            told.Sum(static t => t.CachedTokens),
            told.Sum(static t => t.OutputTokens));

    private static CallRow Nothing(CallRow like) => new() { Operation = like.Operation, Model = like.Model };

    private static void Compare(List<string> differences, CallRow measured, CallRow served)
    {
        Check("calls", measured.Calls, served.Calls);
        Check("ok", measured.Ok, served.Ok);
        Check("errors", measured.Errors, served.Errors);
        Check("rate limited", measured.RateLimited, served.RateLimited);
        Check("cancelled", measured.Cancelled, served.Cancelled);
        Check("without usage", measured.MissingUsage, served.MissingUsage);
        Check("input tokens", measured.InputTokens, served.InputTokens);
        Check("output tokens", measured.OutputTokens, served.OutputTokens);
        Check("cached tokens", measured.CachedTokens, served.CachedTokens);
        Check("reasoning tokens", measured.ReasoningTokens, served.ReasoningTokens);
        Check("unpriced", measured.Unpriced, served.Unpriced);
        if (IsCostKnown(served) && !IsSame(measured.Cost, served.Cost))
        {
            differences.Add(
                $"{served.Operation} {served.Model}: cost measured {Dollars(measured.Cost)}, "
                + $"served {Dollars(served.Cost)}");
        }

        void Check(string what, long got, long expected)
        {
            if (got != expected)
            {
                differences.Add($"{served.Operation} {served.Model}: {what} measured {got}, served {expected}");
            }
        }
    }

    // The option --model can name a model whose price is not listed here though the library knows it.
    private static bool IsCostKnown(CallRow served) => served.Cost is not null
        || served.Model == WorkPlan.UnpricedModel
        || served.InputTokens + served.OutputTokens == 0;

    private static bool IsSame(double? measured, double? served) => measured is { } got && served is { } expected
        ? Math.Abs(got - expected) <= Tolerance + (Tolerance * Math.Abs(expected))
        : measured is null && served is null;

    private static string Dollars(double? cost) => cost?.ToString("R", CultureInfo.InvariantCulture) ?? "none";
}
