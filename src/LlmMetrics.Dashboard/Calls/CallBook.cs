using LlmMetrics.Data;

namespace LlmMetrics.Calls;

/// <summary>
/// Adds up every call: in total since the start, by model, agent, feature and workflow, and by intervals of time, of
/// which the oldest is overwritten. Its memory is bounded by the options.
/// </summary>
internal sealed class CallBook : ILlmCallObserver
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TimeSpan _interval;
    private readonly CallTally[] _slots;
    private readonly long[] _stepOfSlot;
    private readonly CallTally _total = new();
    private readonly TallyTable _models;
    private readonly TallyTable _agents;
    private readonly TallyTable _features;
    private readonly TallyTable _workflows;

    public CallBook(DashboardOptions options, TimeProvider time)
    {
        _time = time;
        _interval = options.Interval;
        _started = time.GetTimestamp();
        StartTime = time.GetUtcNow();

        // One more than is shown, because the present one is not complete.
        var slots = (int)Math.Ceiling(options.History / options.Interval) + 1;
        _slots = [.. Enumerable.Range(0, slots).Select(static _ => new CallTally())];
        _stepOfSlot = [.. Enumerable.Repeat(-1L, slots)];
        _models = new TallyTable(options.MaxRows);
        _agents = new TallyTable(options.MaxRows);
        _features = new TallyTable(options.MaxRows);
        _workflows = new TallyTable(options.MaxRows);
    }

    public DateTimeOffset StartTime { get; }

    public TimeSpan Interval => _interval;

    public TimeSpan History => _interval * (_slots.Length - 1);

    public void OnCall(in LlmCall llmCall)
    {
        lock (_lock)
        {
            Present(StepNow()).Add(in llmCall);
            _total.Add(in llmCall);

            // As it was asked for: calls that failed have no other name, and belong to the same row.
            _models.Add(llmCall.RequestModel ?? llmCall.ResponseModel ?? "unknown", llmCall.Provider, in llmCall);
            _agents.Add(llmCall.Agent, provider: null, in llmCall);
            _features.Add(llmCall.Feature, provider: null, in llmCall);
            _workflows.Add(llmCall.Workflow, provider: null, in llmCall);
        }
    }

    /// <summary>All sums, and the complete intervals of the last <paramref name="window"/>.</summary>
    /// <remarks>Calls wait for one copy at a time, not for all quantiles; so sums may differ by a call.</remarks>
    public CallState Read(TimeSpan window)
    {
        var steps = Math.Min((int)Math.Ceiling(window / _interval), _slots.Length - 1);
        var now = StepNow();
        var first = Math.Max(0, now - steps);
        var points = new List<PointState>((int)(now - first));
        var recent = new CallTally();
        var copy = new CallTally();
        for (var step = first; step < now; step++)
        {
            CopyInterval(step, copy);
            points.Add(PointState.Of(StartTime + ((step + 1) * _interval), copy));
            recent.Add(copy);
        }

        return new CallState(
            Describe(_total, copy), TallyState.Of(recent), points,
            Describe(_models, copy), Describe(_agents, copy),
            Describe(_features, copy), Describe(_workflows, copy));
    }

    private void CopyInterval(long step, CallTally copy)
    {
        copy.Clear();
        lock (_lock)
        {
            if (_stepOfSlot[step % _slots.Length] == step)
            {
                copy.Add(_slots[step % _slots.Length]);
            }
        }
    }

    private TallyState Describe(CallTally tally, CallTally copy)
    {
        copy.Clear();
        lock (_lock)
        {
            copy.Add(tally);
        }

        return TallyState.Of(copy);
    }

    private RowState[] Describe(TallyTable table, CallTally copy)
    {
        KeyValuePair<(string Name, string? Provider), CallTally>[] rows;
        lock (_lock)
        {
            rows = [.. table.Rows];
        }

        return
        [
            .. rows.Select(row => new RowState(row.Key.Name, row.Key.Provider, Describe(row.Value, copy)))
                .OrderByDescending(static row => row.Tally.Calls)
                .ThenBy(static row => row.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The tally of an interval that calls are added to.</summary>
    private CallTally Present(long step)
    {
        var slot = step % _slots.Length;
        if (_stepOfSlot[slot] != step)
        {
            _slots[slot].Clear();
            _stepOfSlot[slot] = step;
        }

        return _slots[slot];
    }

    private long StepNow() => (long)(_time.GetElapsedTime(_started) / _interval);
}
