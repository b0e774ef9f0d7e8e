using System.Runtime.CompilerServices;

namespace LlmMetrics.Workload.Simulation;

/// <summary>
/// One replica under continuous batching. All decoding sequences get one token per step, so a single running token
/// count stands for all of them: a sequence that joins at count v with n steps to go is done at v + n. That makes a
/// request cost a few events instead of one per token. Steps are not interrupted: who comes during a step waits for
/// its end, then one prefill pass takes all who wait, and decoding waits for the pass.
/// </summary>
internal sealed class Replica(ServingModel model, SequencePool pool)
{
    private const double WholeTolerance = 1e-6;

    private readonly FinishHeap _decoding = new(model.MaxSequences);
    private readonly Queue<int> _waiting = new();
    private readonly List<int> _prefilling = [];
    private double _tokens;
    private double _rate;
    private double _last;
    private double _context;
    private double _prefillStart = double.PositiveInfinity;
    private double _prefillEnd = double.PositiveInfinity;

    public int Count { get; private set; }

    public double Reserved { get; private set; }

    public double BusySeconds { get; private set; }

    public bool Fits(in Sequence sequence) => Count == 0
        || (Count < model.MaxSequences && Reserved + sequence.Reserved <= model.KvCapacityTokens);

    /// <summary>When something happens here next.</summary>
    public double NextEvent => _prefillEnd < double.PositiveInfinity ? _prefillEnd : Math.Min(Finish, _prefillStart);

    private double Finish => _decoding.Count == 0 ? double.PositiveInfinity
        : _last + (Math.Max(0, _decoding.FirstKey - _tokens) / _rate);

    [MethodImpl(HotPath.Optimised)]
    public void Join(int slot, double now)
    {
        Advance(now);
        ref var sequence = ref pool[slot];
        sequence.Joined = now;
        Count++;
        Reserved += sequence.Reserved;
        _waiting.Enqueue(slot);
        PlanPrefill(now);
    }

    /// <summary>Lets the next event happen; returns the sequence that is done, or -1.</summary>
    [MethodImpl(HotPath.Optimised)]
    public int Happen(double now)
    {
        if (_prefillEnd < double.PositiveInfinity)
        {
            EndPrefill(now);
            return -1;
        }

        if (_prefillStart < Finish)
        {
            Advance(now);
            StartPrefill(now);
            return -1;
        }

        _tokens = _decoding.FirstKey;
        BusySeconds += now - _last;
        _last = now;
        var slot = _decoding.RemoveFirst();
        ref var sequence = ref pool[slot];
        _context -= sequence.Context;
        Count--;
        Reserved = Count == 0 ? 0 : Reserved - sequence.Reserved;
        if (_decoding.Count == 0)
        {
            // Rounding errors of a long day start afresh.
            _tokens = _context = 0;
        }

        SetRate();
        if (_waiting.Count > 0)
        {
            _prefillStart = now;
        }

        return slot;
    }

    [MethodImpl(HotPath.Optimised)]
    private void Advance(double now)
    {
        if (Count > 0)
        {
            BusySeconds += now - _last;
        }

        if (double.IsPositiveInfinity(_prefillEnd) && _decoding.Count > 0)
        {
            _tokens += (now - _last) * _rate;
        }

        _last = now;
    }

    [MethodImpl(HotPath.Optimised)]
    private void PlanPrefill(double now)
    {
        if (double.IsPositiveInfinity(_prefillEnd) && double.IsPositiveInfinity(_prefillStart))
        {
            // Steps end where the token count is whole.
            var rest = Math.Ceiling(_tokens - WholeTolerance) - _tokens;
            _prefillStart = _decoding.Count == 0 || rest <= 0 ? now : now + (rest / _rate);
        }
    }

    [MethodImpl(HotPath.Optimised)]
    private void StartPrefill(double now)
    {
        var tokens = 0.0;
        while (_waiting.TryPeek(out var slot)
            && (tokens == 0 || tokens + pool[slot].Input <= model.PrefillBudgetTokens))
        {
            tokens += pool[slot].Input;
            _prefilling.Add(_waiting.Dequeue());
        }

        _prefillStart = double.PositiveInfinity;
        _prefillEnd = now + model.PrefillSeconds(tokens);
    }

    [MethodImpl(HotPath.Optimised)]
    private void EndPrefill(double now)
    {
        Advance(now);
        foreach (var slot in _prefilling)
        {
            ref var sequence = ref pool[slot];
            _decoding.Add(Math.Round(_tokens + ServingModel.Steps(sequence.Output)), slot);
            _context += sequence.Context;
        }

        _prefilling.Clear();
        _prefillEnd = double.PositiveInfinity;
        SetRate();
        if (_waiting.Count > 0)
        {
            _prefillStart = now;
        }
    }

    [MethodImpl(HotPath.Optimised)]
    private void SetRate() =>
        _rate = _decoding.Count == 0 ? 0 : 1 / model.StepSeconds(_decoding.Count, _context);
}
