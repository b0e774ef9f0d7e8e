using System.Collections.Concurrent;
using LlmMetrics.Facts;

namespace LlmMetrics.Budgets;

/// <summary>A budget and the accounts of those whose spending it bounds.</summary>
internal sealed class Budget
{
    private const int MaxAccounts = 1000;

    private static readonly double[] _thresholds = [0.8, 1];

    private readonly ConcurrentDictionary<string, BudgetAccount> _byValue = new(StringComparer.Ordinal);
    private readonly Lock _opening = new();
    private readonly BudgetPeriod _period;
    private readonly TimeZoneInfo _zone;
    private readonly string? _only;
    private readonly TimeProvider _time;
    private readonly Action _wake;
    private BudgetAccount[] _accounts = [];

    public Budget(BudgetOptions options, TimeProvider time, Action wake)
    {
        (_time, _wake) = (time, wake);
        (Name, LimitUsd, _period, _only) = (options.Name, options.LimitUsd, options.Period, options.For);
        Thresholds = options.Thresholds.Count == 0 ? _thresholds : [.. options.Thresholds];
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
            _ = TryOpen(_only ?? string.Empty, out _);
        }
    }

    public string Name { get; }

    public double LimitUsd { get; }

    public double[] Thresholds { get; }

    /// <summary>The field that tells accounts apart; null if there is only one, the app's.</summary>
    public FactField? Field { get; }

    /// <summary>All accounts. Whoever has it keeps what there was; it is not to be written to.</summary>
    public BudgetAccount[] Accounts => Volatile.Read(ref _accounts);

    public (DateTimeOffset Start, DateTimeOffset End) PeriodOf(DateTimeOffset now) =>
        BudgetCalendar.PeriodOf(now, _period, _zone);

    /// <summary>
    /// Finds the account that a call with these keys is charged to, null if it concerns none. False if it should have
    /// one, but there are too many.
    /// </summary>
    public bool TryFind(in FactData.Keys keys, out BudgetAccount? account)
    {
        if (Field is not { } field)
        {
            return TryOpen(string.Empty, out account);
        }

        account = null;
        return keys[(int)field] is not { Length: > 0 } value || !Concerns(value) || TryOpen(value, out account);
    }

    /// <summary>Whether it bounds the spending of this feature or tenant.</summary>
    public bool Concerns(string value) => _only is null || value == _only;

    /// <summary>Finds or makes the account of a feature or tenant; false if there are too many.</summary>
    public bool TryOpen(string value, out BudgetAccount? account)
    {
        // Asked first: where it is full, what is not found will not be there later either, and nobody need wait.
        var isFull = Accounts.Length >= MaxAccounts;
        if (_byValue.TryGetValue(value, out account) || isFull)
        {
            return account is not null;
        }

        lock (_opening)
        {
            if (_byValue.TryGetValue(value, out account))
            {
                return true;
            }

            if (_accounts.Length >= MaxAccounts)
            {
                return false;
            }

            account = new BudgetAccount(this, Field is null ? null : value, _time.GetUtcNow(), _wake);
            _byValue[value] = account;
            Volatile.Write(ref _accounts, [.. _accounts, account]);
            return true;
        }
    }
}
