namespace LlmMetrics.Budgets;

/// <summary>The spending of one budget: of the app, or of one feature or tenant.</summary>
internal sealed class BudgetAccount
{
    private static readonly TimeSpan _clockTolerance = TimeSpan.FromDays(1);

    private readonly Budget _budget;
    private readonly Action _wake;
    private readonly Lock _rolling = new();
    private BudgetState _state;
    private BudgetState? _previous;
    private int _previousAge;

    public BudgetAccount(Budget budget, string? value, DateTimeOffset now, Action wake)
    {
        (_budget, Value, _wake) = (budget, value, wake);
        _state = StateAt(now);
    }

    public string? Value { get; }

    public BudgetState State => Volatile.Read(ref _state);

    /// <summary>
    /// The state of the period before, for a while, and the present one, which is the last: what a call was just
    /// adding as the period ended is not lost.
    /// </summary>
    public BudgetState[] States
    {
        get
        {
            lock (_rolling)
            {
                return _previous is { } previous ? [previous, _state] : [_state];
            }
        }
    }

    /// <summary>Whether the guard has folded the value, so that it is shown with others; null if unknown.</summary>
    public bool? IsFolded { get; set; }

    public BudgetFigures Figures
    {
        get
        {
            var state = State;
            return new BudgetFigures(_budget.LimitUsd, state.Spent, state.Unpriced, state.Start, state.End);
        }
    }

    public BudgetStatus Status
    {
        get
        {
            var (limit, spent, unpriced, start, end) = Figures;
            return new BudgetStatus(_budget.Name, Value, limit, spent, unpriced, start, end);
        }
    }

    public void Spend(double usd)
    {
        if (State.Add(usd))
        {
            _wake();
        }
    }

    public void AddUnpriced() => State.AddUnpriced();

    /// <summary>Begins a new period if it is time; says whether it was. Waits for nobody.</summary>
    public bool Roll(DateTimeOffset now)
    {
        lock (_rolling)
        {
            // A clock that is set back a little does not bring back the day before, whose sum is gone.
            if (now < _state.End && now >= _state.Start - _clockTolerance)
            {
                return false;
            }

            var next = StateAt(now);
            if (next.Start == _state.Start)
            {
                return false;
            }

            (_previous, _previousAge) = (_state, 0);
            Volatile.Write(ref _state, next);
            return true;
        }
    }

    /// <summary>Forgets the period before once it was looked at twice.</summary>
    public void Age()
    {
        lock (_rolling)
        {
            if (_previous is not null && ++_previousAge == 2)
            {
                _previous = null;
            }
        }
    }

    /// <summary>Finds thresholds that are reached and were not told: by this process, or says the file.</summary>
    /// <param name="state">The present state, which the entry is of.</param>
    /// <param name="entry">What the file says; null if there is none.</param>
    /// <param name="crossings">Takes what is found.</param>
    public void Claim(BudgetState state, BudgetEntry? entry, List<BudgetCrossing> crossings)
    {
        var spent = entry?.Spent ?? state.Spent;
        var next = double.PositiveInfinity;
        for (var i = 0; i < _budget.Thresholds.Length; i++)
        {
            var share = _budget.Thresholds[i];
            if (spent < share * _budget.LimitUsd)
            {
                next = share * _budget.LimitUsd;
                break;
            }

            var isTold = (state.Crossed & (1 << i)) != 0;
            state.Crossed |= 1 << i;
            if (entry?.Crossed.Add(share) != false && !isTold)
            {
                crossings.Add(new BudgetCrossing(
                    _budget.Name, Value, share, _budget.LimitUsd, spent, state.Start, state.End));
            }
        }

        state.NextThreshold = next;
    }

    private BudgetState StateAt(DateTimeOffset now)
    {
        var (start, end) = _budget.PeriodOf(now);
        return new BudgetState(start, end, _budget.Thresholds[0] * _budget.LimitUsd);
    }
}
