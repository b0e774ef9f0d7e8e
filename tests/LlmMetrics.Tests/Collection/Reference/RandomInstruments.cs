using System.Diagnostics.Metrics;

namespace LlmMetrics.Tests.Collection.Reference;

/// <summary>Every kind of instrument, fed with random measurements under random tags in random order.</summary>
internal sealed class RandomInstruments
{
    private readonly Random _random;
    private readonly Action<KeyValuePair<string, object?>[]>[] _measure;

    public RandomInstruments(Meter meter, int seed)
    {
        _random = new Random(seed);
        var counter = meter.CreateCounter<long>("counter.long");
        var amount = meter.CreateCounter<double>("counter.double");
        var small = meter.CreateCounter<int>("counter.int");
        var level = meter.CreateUpDownCounter<long>("level.long");
        var weight = meter.CreateUpDownCounter<double>("level.double");
        var plain = meter.CreateHistogram<double>("histogram.double");
        var whole = meter.CreateHistogram<long>("histogram.long");
        var advised = meter.CreateHistogram("histogram.advised", "s", null, null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.. Enumerable.Range(1, 30).Select(static i => i * 0.05)],
        });
        var gauge = meter.CreateGauge<double>("gauge.double");
        var state = meter.CreateGauge<long>("gauge.long");
        _measure =
        [
            tags => counter.Add(_random.NextInt64(1000), tags),
            tags => amount.Add(_random.NextDouble() * 100, tags),
            tags => small.Add(_random.Next(10), tags),
            tags => level.Add(_random.Next(-50, 51), tags),

            // Multiples of a quarter: sums that cancel out have no relative error to speak of.
            tags => weight.Add(_random.Next(-200, 201) * 0.25, tags),
            tags => plain.Record(Math.Pow(10, (_random.NextDouble() * 6) - 1), tags),
            tags => whole.Record(_random.NextInt64(20_000), tags),
            tags => advised.Record(_random.Next(33) * 0.05, tags),
            tags => gauge.Record(_random.NextDouble(), tags),
            tags => state.Record(_random.NextInt64(), tags),
        ];
    }

    public int Measured { get; private set; }

    public void Measure()
    {
        _measure[_random.Next(_measure.Length)](Tags());
        Measured++;
    }

    private KeyValuePair<string, object?>[] Tags()
    {
        var tags = new List<KeyValuePair<string, object?>>();
        AddMaybe(tags, "model", $"m{_random.Next(10)}");
        AddMaybe(tags, "status", _random.Next(200, 205));
        AddMaybe(tags, "stream", _random.Next(2) == 0);
        AddMaybe(tags, "region", $"r{_random.Next(3)}");
        var shuffled = tags.ToArray();
        _random.Shuffle(shuffled);
        return shuffled;
    }

    private void AddMaybe(List<KeyValuePair<string, object?>> tags, string name, object value)
    {
        if (_random.Next(4) > 0)
        {
            tags.Add(new(name, value));
        }
    }
}
