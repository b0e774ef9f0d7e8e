using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LlmMetrics.Workload.Simulation;

/// <summary>
/// The requests of many users in the order of their arrival. Users come in blocks that double (0, 1, 2 to 3, 4 to 7 …),
/// each with random numbers of its own, so the requests of 50 users are among those of 100: what is compared is
/// compared under the same luck (common random numbers).
/// </summary>
internal sealed class ArrivalStream
{
    private readonly Timeline _timeline;
    private readonly Load _load;
    private readonly Block[] _blocks;
    private readonly IndexedHeap _next;
    private readonly PriorityQueue<Sequence, double> _followers = new();
    private readonly double _end;
    private int _piece;
    private double _pieceEnd;

    public ArrivalStream(Timeline timeline, Load load, long users, ulong seed)
    {
        _timeline = timeline;
        _load = load;
        _end = timeline.Pieces.Sum(static piece => piece.Seconds);
        _pieceEnd = timeline.Pieces[0].Seconds;
        var blocks = new List<Block>();
        for (long first = 0, size = 1; first < users; first += size, size = first)
        {
            blocks.Add(new Block(timeline, load, Math.Min(size, users - first), size,
                new RandomStream(seed, (ulong)first)));
        }

        _blocks = [.. blocks];
        _next = new IndexedHeap(_blocks.Length, 0);
        for (var i = 0; i < _blocks.Length; i++)
        {
            Step(i);
        }
    }

    /// <summary>The next request; false after the last.</summary>
    [MethodImpl(HotPath.Optimised)]
    public bool TryNext(out Sequence sequence)
    {
        if (_followers.TryPeek(out sequence, out var time) && time <= _next.FirstKey)
        {
            _followers.Dequeue();
        }
        else
        {
            var block = _next.First;
            if (double.IsPositiveInfinity(_next.FirstKey))
            {
                sequence = default;
                return false;
            }

            sequence = _blocks[block].Current;
            Step(block);
        }

        while (sequence.Arrival > _pieceEnd && _piece < _timeline.Pieces.Length - 1)
        {
            _pieceEnd += _timeline.Pieces[++_piece].Seconds;
        }

        sequence.Segment = _timeline.Pieces[_piece].Segment;
        return true;
    }

    [MethodImpl(HotPath.Optimised)]
    private void Step(int number)
    {
        ref var block = ref _blocks[number];
        var more = block.Advance();
        _next.Change(number, more ? block.Current.Arrival : double.PositiveInfinity);
        if (!more || _load.Burst <= 1)
        {
            return;
        }

        var time = block.Current.Arrival;
        for (var left = block.BurstSize() - 1; left > 0; left--)
        {
            time += block.Gap() * _load.BurstGapSeconds;
            var follower = block.Draw(time);
            if (time < _end)
            {
                _followers.Enqueue(follower, time);
            }
        }
    }

    /// <summary>Users whose requests share a stream of random numbers; of the last block only some take part.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Block(Timeline timeline, Load load, long users, long size, RandomStream random)
    {
        private const double MarkRange = 1UL << 40;

        private readonly double _share = (double)users / size;
        private RandomStream _random = random;
        private int _piece;
        private double _pieceStart;
        private double _time;

        public Sequence Current { get; private set; }

        /// <summary>Goes on to the next request (or first of a burst) of a user who takes part.</summary>
        [MethodImpl(HotPath.Optimised)]
        public bool Advance()
        {
            while (true)
            {
                if (!Move(_random.NextExponential() * Math.Max(1, load.Burst) / size))
                {
                    return false;
                }

                var mark = _random.Next();
                Current = Draw(_time, mark);
                if (_share >= 1 || (mark >> 24) < _share * MarkRange)
                {
                    return true;
                }

                // Those who do not take part use up the random numbers of their bursts all the same.
                for (var left = load.Burst <= 1 ? 0 : BurstSize() - 1; left > 0; left--)
                {
                    _random.NextExponential();
                    _random.Next();
                }
            }
        }

        public Sequence Draw(double time) => Draw(time, _random.Next());

        public double Gap() => _random.NextExponential();

        /// <summary>Geometric with the load's mean.</summary>
        public int BurstSize() =>
            1 + (int)Math.Floor(-_random.NextExponential() / Math.Log(1 - (1 / load.Burst)));

        [MethodImpl(HotPath.Optimised)]
        private readonly Sequence Draw(double time, ulong bits) => new()
        {
            Arrival = time,
            Input = load.Input[bits],
            Output = load.Output[bits >> 12],
        };

        // Goes through the timeline until the rate has added up to the exposure.
        [MethodImpl(HotPath.Optimised)]
        private bool Move(double exposure)
        {
            while (_piece < timeline.Pieces.Length)
            {
                ref readonly var piece = ref timeline.Pieces[_piece];
                var left = _pieceStart + piece.Seconds - _time;
                var needed = exposure / piece.RequestsPerUserSecond;
                if (needed <= left)
                {
                    _time += needed;
                    return true;
                }

                exposure -= left * piece.RequestsPerUserSecond;
                _pieceStart += piece.Seconds;
                _time = _pieceStart;
                _piece++;
            }

            return false;
        }
    }
}
