using System.Collections.Concurrent;
using LlmMetrics.Collection;
using LlmMetrics.Facts;

namespace LlmMetrics.Budgets;

/// <summary>A budget and the accounts of those whose spending it bounds.</summary>
internal sealed class Budget
{
    private const int MaxAccounts = 1000;

    private static readonly double[] s_thresholds = [0.8, 1];

    private readonly ConcurrentDictionary<string, BudgetAccount> _accounts = new(StringComparer.Ordinal);
    private readonly BudgetPeriod _period;
    private readonly TimeZoneInfo _zone;
    private readonly string? _only;
    private readonly TimeProvider _time;
    private readonly SelfDiagnostics _diagnostics;
    private readonly Action _wake;
    private int _count;

    public Budget(BudgetOptions options, TimeProvider time, SelfDiagnostics diagnostics, Action wake)
    {
        (_time, _diagnostics, _wake) = (time, diagnostics, wake);
        (Name, LimitUsd, _period, _only) = (options.Name, options.LimitUsd, options.Period, options.For);
        Thresholds = options.Thresholds.Count == 0 ? s_thresholds : [.. options.Thresholds];
        _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        Field = options.Per switch
        {
            BudgetScope.Feature => FactField.Feature,
            BudgetScope.Tenant => FactField.Tenant,
            _ => null,
        };
        if (Field is null || _only is not null)
        {
            // It stands from the start: nothing spent is known to be nothing.
            _ = AccountOf(_only ?? string.Empty);
        }
    }

    public string Name { get; }

    public double LimitUsd { get; }

    public double[] Thresholds { get; }

    /// <summary>The field that tells accounts apart; null if there is only one, the app's.</summary>
    public FactField? Field { get; }

    public IEnumerable<BudgetAccount> Accounts => _accounts.Values;

    public (DateTimeOffset Start, DateTimeOffset End) PeriodOf(DateTimeOffset now) =>
        BudgetCalendar.PeriodOf(now, _period, _zone);

    /// <summary>The account that a call with these keys is charged to.</summary>
    public BudgetAccount? Find(in FactData.Keys keys)
    {
        if (Field is not { } field)
        {
            return AccountOf(string.Empty);
        }

        return keys[(int)field] is { Length: > 0 } value && Concerns(value) ? AccountOf(value) : null;
    }

    /// <summary>Whether it bounds the spending of this feature or tenant.</summary>
    public bool Concerns(string value) => _only is null || value == _only;

    /// <summary>The account of a feature or tenant; null if there are too many, which is counted.</summary>
    public BudgetAccount? AccountOf(string value)
    {
        if (_accounts.TryGetValue(value, out var known))
        {
            return known;
        }

        if (Volatile.Read(ref _count) >= MaxAccounts)
        {
            _diagnostics.Dropped(LossReason.Budgets);
            return null;
        }

        var made = new BudgetAccount(this, Field is null ? null : value, _time.GetUtcNow(), _wake);
        var account = _accounts.GetOrAdd(value, made);
        if (account == made)
        {
            Interlocked.Increment(ref _count);
        }

        return account;
    }
}
