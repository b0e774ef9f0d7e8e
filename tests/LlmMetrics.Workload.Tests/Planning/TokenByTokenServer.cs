namespace LlmMetrics.Workload.Planning;

/// <summary>
/// The same system simulated in the most literal way, with nothing of the library but the times of a step and a pass:
/// every decode step of every replica is one turn of a loop that gives each sequence one token.
/// </summary>
internal sealed class TokenByTokenServer
{
    private readonly Func<int, double, double> _step;
    private readonly Func<double, double> _prefill;
    private readonly int _places;
    private readonly double _cache;

    public TokenByTokenServer(Func<int, double, double> step, Func<double, double> prefill, int places, double cache)
    {
        _step = step;
        _prefill = prefill;
        _places = places;
        _cache = cache;
    }

    /// <summary>Serves requests in the order of their arrival; returns the response times.</summary>
    public List<double> Serve(IReadOnlyList<(double Arrival, double Input, double Output)> requests, int replicas)
    {
        var workers = Enumerable.Range(0, replicas).Select(static _ => new Worker()).ToList();
        var queue = new Queue<Request>();
        var responses = new List<double>();
        var next = 0;
        while (responses.Count < requests.Count)
        {
            // The worker whose step ends first goes on; idle ones wait for the next arrival.
            var busy = workers.Where(static w => w.Sequences.Count > 0).MinBy(static w => w.Free);
            if (busy is null || (next < requests.Count && requests[next].Arrival <= busy.Free))
            {
                var (arrival, input, output) = requests[next++];
                queue.Enqueue(new Request { Arrival = arrival, Input = input, Left = Math.Round(output), Output =
                    output });
                Admit(workers.OrderBy(static w => w.Sequences.Count).ToList(), queue, arrival);
                continue;
            }

            Turn(busy, responses);
            Admit([busy], queue, busy.Free);
        }

        return responses;
    }

    // One turn: prefill what is new, or else one token for each.
    private void Turn(Worker worker, List<double> responses)
    {
        var now = worker.Free;
        foreach (var done in worker.Sequences.Where(static s => s.Prefilled && s.Left <= 0).ToList())
        {
            responses.Add(now - done.Arrival);
            worker.Sequences.Remove(done);
        }

        var fresh = worker.Sequences.Where(static s => !s.Prefilled).ToList();
        if (fresh.Count > 0)
        {
            worker.Free = now + _prefill(fresh.Sum(static s => s.Input));
            fresh.ForEach(static s => (s.Prefilled, s.Left) = (true, s.Left - 1));
        }
        else if (worker.Sequences.Count > 0)
        {
            worker.Free = now + _step(
                worker.Sequences.Count, worker.Sequences.Sum(static s => s.Input + s.Output - s.Left));
            worker.Sequences.ForEach(static s => s.Left--);
        }
    }

    private void Admit(List<Worker> workers, Queue<Request> queue, double now)
    {
        foreach (var worker in workers)
        {
            while (queue.TryPeek(out var request) && worker.Sequences.Count < _places
                && worker.Sequences.Sum(static s => s.Input + s.Output) + request.Input + request.Output <= _cache)
            {
                if (worker.Sequences.Count == 0)
                {
                    worker.Free = now;
                }

                worker.Sequences.Add(queue.Dequeue());
            }
        }
    }

    private sealed class Worker
    {
        public List<Request> Sequences { get; } = [];

        public double Free { get; set; }
    }

    private sealed class Request
    {
        public double Arrival { get; init; }

        public double Input { get; init; }

        public double Output { get; init; }

        public double Left { get; set; }

        public bool Prefilled { get; set; }
    }
}
