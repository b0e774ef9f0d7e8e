namespace LlmMetrics.Budgets;

/// <summary>The spending of one budget: of the app, or of one feature or tenant.</summary>
internal sealed class BudgetAccount
{
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromDays(1);

    private readonly Budget _budget;
    private readonly Action _wake;
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
    /// The state of the period before, until the clock was looked at twice, and the present one: what a call was just
    /// adding as the period ended is not lost.
    /// </summary>
    public IEnumerable<BudgetState> States => _previous is { } previous ? [previous, State] : [State];

    /// <summary>Whether the guard has folded the value, so that it is shown with others; null if unknown.</summary>
    public bool? IsFolded { get; set; }

    public BudgetStatus Status
    {
        get
        {
            var state = State;
            return new BudgetStatus(
                _budget.Name, Value, _budget.LimitUsd, state.Spent, state.Unpriced, state.Start, state.End);
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

    /// <summary>Begins a new period if it is time.</summary>
    public void Roll(DateTimeOffset now)
    {
        if (_previousAge++ > 0)
        {
            _previous = null;
        }

        var state = State;

        // A clock that is set back a little does not bring back the day before, whose sum is gone.
        if (now >= state.End || now < state.Start - s_clockTolerance)
        {
            var next = StateAt(now);
            if (next.Start != state.Start)
            {
                (_previous, _previousAge) = (state, 0);
                Volatile.Write(ref _state, next);
            }
        }
    }

    /// <summary>Finds thresholds that are reached and were not told: by this process, or says the file.</summary>
    public void Claim(BudgetEntry? entry, List<BudgetCrossing> crossings)
    {
        var state = State;
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
