namespace Simulator;

/// <summary>
/// The server's own account of what it served: an independent judge of what a client measured. It can't know
/// what happened to bytes after the network took them, so a client that leaves in the last moment may be
/// listed as completed; use the <c>stall-after</c> directive where a cancelled request must be exact.
/// </summary>
public sealed class Ledger
{
    private readonly Lock _lock = new();
    private readonly List<LedgerEntry> _entries = [];
    private readonly Dictionary<(string, string?, string?, LedgerOutcome), LedgerTotal> _totals = [];
    private readonly int _capacity;
    private readonly TimeProvider _time;
    private TaskCompletionSource? _idle;
    private long _begun;
    private long _finished;

    internal Ledger(int capacity, TimeProvider time)
    {
        _capacity = capacity;
        _time = time;
    }

    /// <summary>Requests that reached the simulator.</summary>
    public long Begun
    {
        get
        {
            lock (_lock)
            {
                return _begun;
            }
        }
    }

    /// <summary>Requests that are finished. Those beyond the capacity are in the totals only.</summary>
    public long Finished
    {
        get
        {
            lock (_lock)
            {
                return _finished;
            }
        }
    }

    /// <summary>A copy of the finished requests, in the order in which they ended.</summary>
    public IReadOnlyList<LedgerEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return _entries.ToArray();
            }
        }
    }

    /// <summary>A copy of the sums, ordered by operation, model and outcome.</summary>
    public IReadOnlyList<LedgerTotal> Totals
    {
        get
        {
            LedgerTotal[] totals;
            lock (_lock)
            {
                totals = [.. _totals.Values];
            }

            return totals
                .OrderBy(static t => t.Operation, StringComparer.Ordinal)
                .ThenBy(static t => t.RequestedModel, StringComparer.Ordinal)
                .ThenBy(static t => t.ServedModel, StringComparer.Ordinal)
                .ThenBy(static t => t.Outcome)
                .ToArray();
        }
    }

    /// <summary>
    /// Waits until no request is being served. A client has its last byte before the entry is written, so wait
    /// for this before comparing.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WhenIdleAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_begun == _finished)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task.WaitAsync(cancellationToken);
        }
    }

    internal LedgerDraft Begin(string path)
    {
        lock (_lock)
        {
            _begun++;
            return new LedgerDraft($"req_{_begun:x32}", path, _time.GetTimestamp());
        }
    }

    internal void Finish(LedgerDraft draft)
    {
        var entry = draft.ToEntry(_time.GetElapsedTime(draft.StartedAt));
        var key = (entry.Operation, entry.RequestedModel, entry.ServedModel, entry.Outcome);
        TaskCompletionSource? idle = null;
        lock (_lock)
        {
            if (_entries.Count < _capacity)
            {
                _entries.Add(entry);
            }

            _totals[key] = (_totals.GetValueOrDefault(key) ?? Empty(entry)).Plus(entry);
            _finished++;
            if (_begun == _finished)
            {
                (idle, _idle) = (_idle, null);
            }
        }

        idle?.SetResult();
    }

    private static LedgerTotal Empty(LedgerEntry entry) => new()
    {
        Operation = entry.Operation,
        RequestedModel = entry.RequestedModel,
        ServedModel = entry.ServedModel,
        Outcome = entry.Outcome,
    };
}
