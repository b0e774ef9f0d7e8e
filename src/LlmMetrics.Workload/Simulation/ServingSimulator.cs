using System.Runtime.CompilerServices;

namespace LlmMetrics.Workload.Simulation;

/// <summary>
/// Discrete-event simulation: requests wait in one queue, in order, for the replica with the fewest sequences. The
/// clock jumps from event to event: an arrival, the end of a prefill pass, the end of an answer.
/// </summary>
internal sealed class ServingSimulator
{
    private const int CancelEvery = 0xFFFF;

    private readonly ServingModel _model;
    private readonly SequencePool _pool = new();
    private readonly Replica[] _replicas;
    private readonly IndexedHeap _events;
    private readonly IndexedHeap _loads;
    private readonly Queue<int> _queue = new();
    private readonly int _maxQueue;
    private double _reserved;

    private ServingSimulator(ServingModel model, int replicas)
    {
        _model = model;
        _replicas = [.. Enumerable.Range(0, replicas).Select(_ => new Replica(model, _pool))];
        _events = new IndexedHeap(replicas, double.PositiveInfinity);
        _loads = new IndexedHeap(replicas, 0);

        // A queue that takes minutes of the whole system's work to clear is no queue any more.
        _maxQueue = Math.Max(20_000, 100 * replicas * Math.Min(model.MaxSequences, 1000));
    }

    public static SimulationResult Run(
        ServingModel model, int replicas, ArrivalStream arrivals, Timeline timeline, CancellationToken cancellation)
    {
        var simulator = new ServingSimulator(model, replicas);
        var result = new SimulationResult(timeline, replicas);
        simulator.Run(arrivals, result, cancellation);
        return result;
    }

    [MethodImpl(HotPath.Optimised)]
    private void Run(ArrivalStream arrivals, SimulationResult result, CancellationToken cancellation)
    {
        var more = arrivals.TryNext(out var arrival);
        for (var count = 0; more || _events.FirstKey < double.PositiveInfinity; count++)
        {
            if ((count & CancelEvery) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (more && arrival.Arrival <= _events.FirstKey)
            {
                Arrive(arrival, result);
                more = arrivals.TryNext(out arrival);
                if (_queue.Count > _maxQueue)
                {
                    result.IsOverloaded = true;
                    return;
                }
            }
            else
            {
                Happen(result);
            }
        }

        result.BusySeconds = _replicas.Sum(static replica => replica.BusySeconds);
    }

    [MethodImpl(HotPath.Optimised)]
    private void Arrive(in Sequence arrival, SimulationResult result)
    {
        var slot = _pool.Add(arrival);
        if (_queue.Count == 0 && _replicas[_loads.First].Fits(in arrival))
        {
            Join(_loads.First, slot, arrival.Arrival);
        }
        else
        {
            _queue.Enqueue(slot);
        }

        result.MaxReserved = Math.Max(result.MaxReserved, _reserved);
        if (arrival.Segment >= 0)
        {
            var segment = result.Segments[arrival.Segment];
            segment.MaxInSystem = Math.Max(segment.MaxInSystem, _pool.InUse);
            segment.MaxQueue = Math.Max(segment.MaxQueue, _queue.Count);
        }
    }

    [MethodImpl(HotPath.Optimised)]
    private void Join(int replica, int slot, double now)
    {
        _replicas[replica].Join(slot, now);
        _reserved += _pool[slot].Reserved;
        Update(replica);
    }

    [MethodImpl(HotPath.Optimised)]
    private void Happen(SimulationResult result)
    {
        var number = _events.First;
        var now = result.Seconds = _events.FirstKey;
        var replica = _replicas[number];
        var done = replica.Happen(now);
        if (done >= 0)
        {
            _reserved -= _pool[done].Reserved;
            Record(in _pool[done], now, result);
            _pool.Free(done);
            while (_queue.TryPeek(out var waiting) && replica.Fits(in _pool[waiting]))
            {
                replica.Join(_queue.Dequeue(), now);
                _reserved += _pool[waiting].Reserved;
            }
        }

        Update(number);
    }

    [MethodImpl(HotPath.Optimised)]
    private void Update(int number)
    {
        _events.Change(number, _replicas[number].NextEvent);
        _loads.Change(number, _replicas[number].Count);
    }

    [MethodImpl(HotPath.Optimised)]
    private void Record(in Sequence sequence, double now, SimulationResult result)
    {
        if (sequence.Segment < 0)
        {
            return;
        }

        var segment = result.Segments[sequence.Segment];
        segment.Response.Add(now - sequence.Arrival + _model.OverheadSeconds);
        segment.WaitSum += sequence.Joined - sequence.Arrival;
        segment.Waited += sequence.Joined > sequence.Arrival ? 1 : 0;
        segment.InputTokens += sequence.Input;
        segment.OutputTokens += sequence.Output;
    }
}
