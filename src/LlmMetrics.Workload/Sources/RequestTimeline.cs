namespace LlmMetrics.Workload.Sources;

/// <summary>When requests came, as far as the samples tell.</summary>
internal sealed class RequestTimeline
{
    private const double Hour = 3600;
    private const double Minute = 60;
    private const int HoursPerDay = 24;
    private const double MaxStepOfPattern = Hour / 2;
    private const double MaxStepOfBursts = 90;
    private const int MinMinutes = 60;

    private readonly List<(double From, double To, double Value)> _increments;
    private readonly double _longestStep;

    public RequestTimeline(IReadOnlyList<SampledSeries> series, double start)
    {
        // The first value of the first series counts from the start; a series that appears later is from just before.
        var first = series.Where(static s => s.Samples.Count > 0).Select(static s => s.Samples[0].Time).DefaultIfEmpty()
            .Min();
        _increments =
        [
            .. series.SelectMany(static s => s.Increments())
                .Select(i => double.IsNaN(i.From)
                    ? (From: i.To <= first ? start : Math.Max(start, i.To - Minute), i.To, i.Value)
                    : i)
                .Where(static i => i.To > i.From),
        ];
        _longestStep = _increments.Count == 0 ? double.PositiveInfinity
            : _increments.Select(static i => i.To - i.From).Order().ElementAt(_increments.Count * 9 / 10);
    }

    /// <summary>Whether samples are close enough to tell the hours apart, and reach around the day.</summary>
    public bool CoversHours => _increments.Count > 0 && _longestStep <= MaxStepOfPattern
        && _increments.Max(static i => i.To) - _increments.Min(static i => i.From) >= 20 * Hour;

    /// <summary>Requests by hour of the day, UTC. What spans two hours is shared by time.</summary>
    public IReadOnlyList<double> ByHour()
    {
        var hours = new double[HoursPerDay];
        foreach (var (from, to, value) in _increments.Where(static i => i.To - i.From <= MaxStepOfPattern))
        {
            for (var start = from; start < to;)
            {
                var end = Math.Min(to, (Math.Floor(start / Hour) + 1) * Hour);
                hours[(int)(Math.Floor(start / Hour) % HoursPerDay)] += value * (end - start) / (to - from);
                start = end;
            }
        }

        return hours;
    }

    /// <summary>
    /// Variance by mean of the requests per minute, within hours, so that the daily pattern does not count as bursts.
    /// Null if samples are too far apart or too few.
    /// </summary>
    public double? Dispersion()
    {
        if (_increments.Count == 0 || _longestStep > MaxStepOfBursts)
        {
            return null;
        }

        var minutes = new Dictionary<long, double>();
        foreach (var (_, to, value) in _increments.Where(static i => i.To - i.From <= MaxStepOfBursts))
        {
            var minute = (long)(to / Minute);
            minutes[minute] = minutes.GetValueOrDefault(minute) + value;
        }

        double squares = 0, expected = 0;
        var seen = 0;
        foreach (var hour in minutes.GroupBy(static m => m.Key / 60).Where(static h => h.Sum(static m => m.Value) > 0))
        {
            var first = Math.Max(hour.Key * 60, minutes.Keys.Min());
            var last = Math.Min((hour.Key * 60) + 59, minutes.Keys.Max());
            var count = (int)(last - first + 1);
            var mean = hour.Sum(static m => m.Value) / count;
            if (count > 1)
            {
                squares += Enumerable.Range(0, count)
                    .Sum(i => Math.Pow(minutes.GetValueOrDefault(first + i) - mean, 2)) * count / (count - 1.0);
                expected += mean * count;
                seen += count;
            }
        }

        return seen >= MinMinutes && expected > 0 ? Math.Max(1, squares / expected) : null;
    }
}
