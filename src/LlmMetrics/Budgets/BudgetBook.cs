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
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(1);

    private readonly Lock _working = new();
    private readonly Budget[] _budgets;
    private readonly BudgetTeller _teller;
    private readonly BudgetSync? _sync;
    private readonly TimeProvider _time;
    private readonly SelfDiagnostics _diagnostics;
    private readonly ITimer _timer;
    private int _wanted;
    private bool _isDisposed;

    public BudgetBook(
        LlmMetricsOptions options, IReadOnlyList<IBudgetObserver> observers, TimeProvider time,
        SelfDiagnostics diagnostics, ILogger logger)
    {
        (_time, _diagnostics) = (time, diagnostics);
        _teller = new BudgetTeller(observers, logger, diagnostics);
        _budgets = [.. options.Budgets.Select(budget => new Budget(budget, time, Wake))];
        _sync = options.BudgetStateFile is { } path
            ? new BudgetSync(new BudgetFile(path, diagnostics), _budgets, diagnostics)
            : null;
        _timer = time.CreateTimer(
            static state => ((BudgetBook)state!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The fields that tell the accounts of a call.</summary>
    public IEnumerable<FactField> Fields => _budgets.Select(static budget => budget.Field).OfType<FactField>();

    private IEnumerable<BudgetAccount> Accounts => _budgets.SelectMany(static budget => budget.Accounts);

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

    /// <summary>
    /// The accounts that a call with these keys is charged to; null if one is missing because there are too many, which
    /// is to be counted with each call.
    /// </summary>
    public BudgetAccount[]? Find(in FactData.Keys keys)
    {
        var accounts = new List<BudgetAccount>(_budgets.Length);
        foreach (var budget in _budgets)
        {
            if (!budget.TryFind(in keys, out var account))
            {
                return null;
            }

            if (account is not null)
            {
                accounts.Add(account);
            }
        }

        return [.. accounts];
    }

    /// <summary>Charges a call to accounts.</summary>
    public static void Charge(BudgetAccount[] accounts, in FactFigures figures)
    {
        foreach (var account in accounts)
        {
            Charge(account, in figures);
        }
    }

    /// <summary>Charges a call whose binding does not tell the accounts.</summary>
    public void Charge(in FactData.Keys keys, in FactFigures figures)
    {
        foreach (var budget in _budgets)
        {
            if (!budget.TryFind(in keys, out var account))
            {
                _diagnostics.Dropped(LossReason.Budgets);
            }
            else if (account is not null)
            {
                Charge(account, in figures);
            }
        }
    }

    /// <summary>How all budgets stand.</summary>
    public IReadOnlyList<BudgetStatus> Read()
    {
        RollIfDue();
        return [.. Accounts.Select(static account => account.Status)];
    }

    /// <summary>
    /// Records how all budgets stand, without allocating. Those whose feature or tenant is folded are shown as one.
    /// </summary>
    public void Refresh(Recorder recorder)
    {
        RollIfDue();
        var now = _time.GetUtcNow();
        foreach (var budget in _budgets)
        {
            BudgetFigures folded = default;
            foreach (var account in budget.Accounts)
            {
                var figures = account.Figures;
                if (budget.Field is { } field
                    && (account.IsFolded ??= recorder.Admit(field, account.Value!) == MetricStorage.Folded))
                {
                    folded = figures.With(in folded);
                }
                else
                {
                    Record(recorder, budget, account.Value, in figures, now);
                }
            }

            if (folded.LimitUsd > 0)
            {
                Record(recorder, budget, MetricStorage.Folded, in folded, now);
            }
        }
    }

    /// <summary>Writes the state now, if there is a file for it. Never throws.</summary>
    public void Save() => Work();

    /// <summary>Writes the state a last time.</summary>
    public void Dispose()
    {
        Save();
        lock (_working)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
    }

    private static void Charge(BudgetAccount account, in FactFigures figures)
    {
        if (figures.Has(FactValue.EstimatedInputTokens) || figures.Has(FactValue.EstimatedOutputTokens))
        {
            // What is spent is known, and never more than was paid; an estimate is neither.
            account.AddUnpriced();
        }
        else if (figures.Double(FactValue.CostUsd) is { } usd)
        {
            if (usd is > 0 and <= double.MaxValue)
            {
                account.Spend(usd);
            }
        }
        else if (figures.Has(FactValue.Unpriced) || figures.Has(FactValue.UsageMissing))
        {
            account.AddUnpriced();
        }
    }

    private static void Record(
        Recorder recorder, Budget budget, string? value, in BudgetFigures figures, DateTimeOffset now)
    {
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.Name] = budget.Name;
        if (budget.Field is { } field)
        {
            fact.KeyFields[(int)field] = value;
        }

        fact.Set(FactValue.BudgetLimit, (double?)figures.LimitUsd);
        fact.Set(FactValue.BudgetSpent, (double?)figures.SpentUsd);
        fact.Set(FactValue.BudgetRemaining, (double?)figures.RemainingUsd);
        fact.Set(FactValue.BudgetBurnRate, figures.BurnRate(now));
        fact.Set(FactValue.BudgetUnpriced, (long?)figures.UnpricedCalls);
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

    /// <summary>
    /// Begins the periods that are due, in memory only: who reads must not wait for the file, which another process
    /// may hold.
    /// </summary>
    private void RollIfDue()
    {
        if (Roll(_time.GetUtcNow()))
        {
            Wake();
        }
    }

    private bool Roll(DateTimeOffset now)
    {
        var anyRolled = false;
        foreach (var budget in _budgets)
        {
            foreach (var account in budget.Accounts)
            {
                anyRolled |= account.Roll(now);
            }
        }

        return anyRolled;
    }

    private void Work()
    {
        try
        {
            lock (_working)
            {
                if (!_isDisposed)
                {
                    WorkAlone();
                }
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
        Roll(now);
        var crossings = new List<BudgetCrossing>();
        var isSynced = _sync?.TryRun(now, crossings);
        foreach (var account in Accounts)
        {
            if (isSynced != true)
            {
                account.Claim(account.State, entry: null, crossings);
            }

            if (isSynced != false)
            {
                account.Age();
            }
        }

        if (crossings.Count > 0)
        {
            _teller.Queue(crossings);
        }

        var due = Accounts.Select(account => account.State.End - now).Append(_interval).Min();
        _timer.Change(due < _shortest ? _shortest : due, Timeout.InfiniteTimeSpan);
    }
}
