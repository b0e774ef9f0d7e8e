using System.Runtime.InteropServices;
using LlmMetrics.Collection;

namespace LlmMetrics.Budgets;

/// <summary>Brings the state file and what this process knows together.</summary>
internal sealed class BudgetSync(BudgetFile file, Budget[] budgets, SelfDiagnostics diagnostics)
{
    /// <summary>Adds to the file what this process has spent, takes over what others have. False if it fails.</summary>
    public bool TryRun(DateTimeOffset now, List<BudgetCrossing> crossings)
    {
        var merges = new List<BudgetMerge>();
        try
        {
            file.Update(now, entries =>
            {
                var index = entries.ToDictionary(static entry => (entry.Budget, entry.Value, entry.Start));
                var count = entries.Count;
                foreach (var budget in budgets)
                {
                    TakeOver(budget, entries, now);
                    foreach (var account in budget.Accounts)
                    {
                        var states = account.States;
                        BudgetEntry? entry = null;
                        foreach (var state in states)
                        {
                            entry = EntryOf(budget, account, state, entries, index);
                            merges.Add(state.Merge(entry));
                        }

                        account.Claim(states[^1], entry, crossings);
                    }
                }

                return entries.Count > count || crossings.Count > 0 || merges.Exists(static merge => merge.IsNew);
            }, EndOf);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or NotSupportedException or ArgumentException)
        {
            diagnostics.Failed(LossReason.BudgetState, exception);
            return false;
        }

        merges.ForEach(static merge => merge.State.Commit(in merge));
        return true;
    }

    private DateTimeOffset? EndOf(BudgetEntry entry) =>
        Array.Find(budgets, budget => budget.Name == entry.Budget)?.PeriodOf(entry.Start).End;

    /// <summary>Opens the accounts of features and tenants that others have, or that were there before.</summary>
    private static void TakeOver(Budget budget, List<BudgetEntry> entries, DateTimeOffset now)
    {
        if (budget.Field is not null)
        {
            var start = budget.PeriodOf(now).Start;
            foreach (var entry in entries)
            {
                if (entry.Budget == budget.Name && entry.Start == start && entry.Value is { Length: > 0 } value
                    && budget.Concerns(value))
                {
                    _ = budget.TryOpen(value, out _);
                }
            }
        }
    }

    private static BudgetEntry EntryOf(
        Budget budget, BudgetAccount account, BudgetState state, List<BudgetEntry> entries,
        Dictionary<(string, string?, DateTimeOffset), BudgetEntry> index)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(
            index, (budget.Name, account.Value, state.Start), out _);
        if (entry is null)
        {
            entry = new BudgetEntry(budget.Name, account.Value, state.Start);
            entries.Add(entry);
        }

        return entry;
    }
}
