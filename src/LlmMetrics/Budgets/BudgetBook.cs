using System.Runtime.InteropServices;
using LlmMetrics.Collection;
using LlmMetrics.Facts;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Budgets;

/// <summary>
/// All budgets. Calls add to accounts that their binding points to; a worker looks at the clock, tells of thresholds
/// and keeps the state file, so that none of this takes a call's time.
/// </summary>
internal sealed class BudgetBook : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);

    private readonly Lock _working = new();
    private readonly Budget[] _budgets;
    private readonly IReadOnlyList<IBudgetObserver> _observers;
    private readonly BudgetFile? _file;
    private readonly TimeProvider _time;
    private readonly SelfDiagnostics _diagnostics;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private int _wanted;

    public BudgetBook(
        LlmMetricsOptions options, IReadOnlyList<IBudgetObserver> observers, TimeProvider time,
        SelfDiagnostics diagnostics, ILogger logger)
    {
        (_observers, _time, _diagnostics, _logger) = (observers, time, diagnostics, logger);
        _budgets = [.. options.Budgets.Select(budget => new Budget(budget, time, diagnostics, Wake))];
        _file = options.BudgetStateFile is { } path ? new BudgetFile(path, diagnostics) : null;
        _timer = time.CreateTimer(
            static state => ((BudgetBook)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The fields that tell the accounts of a call.</summary>
    public IEnumerable<FactField> Fields => _budgets.Select(static budget => budget.Field).OfType<FactField>();

    /// <summary>Takes over what was spent before, and starts looking at the clock.</summary>
    public void Start(Recorder recorder)
    {
        foreach (var budget in _budgets)
        {
            // Before the app has filled the bound on names with others: two folded budgets could not be told apart.
            recorder.Admit(FactField.Name, budget.Name);
        }

        Work();
    }

    /// <summary>The accounts that a call with these keys is charged to.</summary>
    public BudgetAccount[] Find(in FactData.Keys keys)
    {
        var accounts = new List<BudgetAccount>(_budgets.Length);
        foreach (var budget in _budgets)
        {
            if (budget.Find(in keys) is { } account)
            {
                accounts.Add(account);
            }
        }

        return [.. accounts];
    }

    /// <summary>Charges a call to accounts.</summary>
    public static void Charge(BudgetAccount[] accounts, in FactFigures figures)
    {
        if (figures.Double(FactValue.CostUsd) is { } usd)
        {
            if (usd is > 0 and <= double.MaxValue)
            {
                foreach (var account in accounts)
                {
                    account.Spend(usd);
                }
            }
        }
        else if (figures.Has(FactValue.Unpriced) || figures.Has(FactValue.UsageMissing))
        {
            foreach (var account in accounts)
            {
                account.AddUnpriced();
            }
        }
    }

    /// <summary>How all budgets stand.</summary>
    public IReadOnlyList<BudgetStatus> Read()
    {
        RollIfDue();
        return [.. _budgets.SelectMany(static budget => budget.Accounts).Select(static account => account.Status)];
    }

    /// <summary>Records how all budgets stand. Those whose feature or tenant is folded are shown as one.</summary>
    public void Refresh(Recorder recorder)
    {
        RollIfDue();
        var now = _time.GetUtcNow();
        foreach (var budget in _budgets)
        {
            BudgetStatus? folded = null;
            foreach (var account in budget.Accounts)
            {
                var status = account.Status;
                if (budget.Field is { } field
                    && (account.IsFolded ??= recorder.Admit(field, status.Value!) == MetricStorage.Folded))
                {
                    folded = folded is null ? status with { Value = MetricStorage.Folded } : folded with
                    {
                        LimitUsd = folded.LimitUsd + status.LimitUsd,
                        SpentUsd = folded.SpentUsd + status.SpentUsd,
                        UnpricedCalls = folded.UnpricedCalls + status.UnpricedCalls,
                    };
                    continue;
                }

                Record(recorder, budget, status, now);
            }

            if (folded is not null)
            {
                Record(recorder, budget, folded, now);
            }
        }
    }

    /// <summary>Writes the state a last time.</summary>
    public void Dispose()
    {
        Work();
        _timer.Dispose();
    }

    private static void Record(Recorder recorder, Budget budget, BudgetStatus status, DateTimeOffset now)
    {
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.Name] = status.Budget;
        if (budget.Field is { } field)
        {
            fact.KeyFields[(int)field] = status.Value;
        }

        fact.Set(FactValue.BudgetLimit, (double?)status.LimitUsd);
        fact.Set(FactValue.BudgetSpent, (double?)status.SpentUsd);
        fact.Set(FactValue.BudgetRemaining, (double?)status.RemainingUsd);
        fact.Set(FactValue.BudgetBurnRate, status.BurnRate(now));
        fact.Set(FactValue.BudgetUnpriced, (long?)status.UnpricedCalls);
        recorder.Record(FactKind.Budget, in fact);
    }

    /// <summary>Lets the worker run, on the thread pool, one at a time. Never throws.</summary>
    private void Wake()
    {
        if (Interlocked.Increment(ref _wanted) == 1)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static book => book.WorkWhileWanted(), this, preferLocal: false);
        }
    }

    private void WorkWhileWanted()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _wanted);
            Work();
        }
        while (Interlocked.Add(ref _wanted, -seen) != 0);
    }

    private void RollIfDue()
    {
        var now = _time.GetUtcNow();
        if (_budgets.Any(budget => budget.Accounts.Any(account => now >= account.State.End)))
        {
            Work();
        }
    }

    private void Work()
    {
        try
        {
            lock (_working)
            {
                WorkAlone();
            }
        }
        catch (Exception exception)
        {
            // On the thread pool it would end the process.
            _diagnostics.Failed(LossReason.Failure, exception);
        }
    }

    private void WorkAlone()
    {
        var now = _time.GetUtcNow();
        foreach (var account in _budgets.SelectMany(static budget => budget.Accounts))
        {
            account.Roll(now);
        }

        var crossings = new List<BudgetCrossing>();
        if (_file is null || !TrySync(_file, now, crossings))
        {
            foreach (var account in _budgets.SelectMany(static budget => budget.Accounts))
            {
                account.Claim(entry: null, crossings);
            }
        }

        if (crossings.Count > 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static work => work.Book.Tell(work.Crossings), (Book: this, Crossings: crossings), preferLocal: false);
        }

        var ends = _budgets.SelectMany(static budget => budget.Accounts).Select(account => account.State.End - now);
        var due = ends.Append(s_interval).Min();
        _timer.Change(due < s_shortest ? s_shortest : due, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Adds to the file what this process has spent, takes over what others have. False if it fails.</summary>
    private bool TrySync(BudgetFile file, DateTimeOffset now, List<BudgetCrossing> crossings)
    {
        var merges = new List<BudgetMerge>();
        try
        {
            file.Update(now, entries =>
            {
                var index = entries.ToDictionary(static entry => (entry.Budget, entry.Value, entry.Start));
                var count = entries.Count;
                foreach (var budget in _budgets)
                {
                    TakeOver(budget, entries, now);
                    foreach (var account in budget.Accounts)
                    {
                        foreach (var state in account.States)
                        {
                            merges.Add(state.Merge(EntryOf(budget, account, state, entries, index)));
                        }
                    }
                }

                var before = crossings.Count;
                foreach (var budget in _budgets)
                {
                    foreach (var account in budget.Accounts)
                    {
                        account.Claim(index[(budget.Name, account.Value, account.State.Start)], crossings);
                    }
                }

                return entries.Count > count || crossings.Count > before || merges.Exists(static merge => merge.IsNew);
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or NotSupportedException or ArgumentException)
        {
            _diagnostics.Failed(LossReason.BudgetState, exception);
            return false;
        }

        merges.ForEach(static merge => merge.State.Commit(in merge));
        return true;
    }

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
                    budget.AccountOf(value);
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

    private void Tell(List<BudgetCrossing> crossings)
    {
        foreach (var crossing in crossings)
        {
            try
            {
                Log.BudgetCrossed(
                    _logger, crossing.Budget, crossing.Value, crossing.Threshold, crossing.LimitUsd,
                    crossing.PeriodEnd);
            }
            catch (Exception)
            {
                // A logging provider that throws must not keep the observers from being told.
            }

            foreach (var observer in _observers)
            {
                try
                {
                    observer.OnCrossed(crossing);
                }
                catch (Exception exception)
                {
                    _diagnostics.Failed(LossReason.Observer, exception);
                }
            }
        }
    }
}
