using Xunit;

namespace LlmMetrics.Workload.Simulation;

public sealed class ArrivalStreamTests
{
    private static readonly Load _load = new(LengthTable.LogNormal(100, 0.5), LengthTable.LogNormal(150, 0.5));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(20, 50)]
    [InlineData(50, 100)]
    [InlineData(64, 65)]
    public void TryNext_MoreUsers_HaveTheRequestsOfFewer(int few, int many)
    {
        var fewer = All(few, _load).Select(static s => (s.Arrival, s.Input, s.Output)).ToList();
        var more = All(many, _load).Select(static s => (s.Arrival, s.Input, s.Output)).ToHashSet();

        Assert.NotEmpty(fewer);
        Assert.All(fewer, request => Assert.Contains(request, more));
        Assert.InRange(more.Count / (double)fewer.Count, 0.85 * many / few, 1.15 * many / few);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void TryNext_Bursts_HaveTheirMeanAndDispersion(double burst)
    {
        var all = All(40, _load with { Burst = burst, BurstGapSeconds = 0.01 });

        // In minutes, the variance of the number by its mean is the index of dispersion.
        var minutes = all.GroupBy(static s => (int)(s.Arrival / 60)).Where(static g => g.Key < 24 * 60)
            .ToDictionary(static g => g.Key, static g => g.Count());
        var counts = Enumerable.Range(0, 24 * 60).Select(m => (double)minutes.GetValueOrDefault(m)).ToList();
        var mean = counts.Average();
        var dispersion = counts.Average(c => (c - mean) * (c - mean)) / mean;
        Assert.InRange(mean, 40 * 10 / 60.0 * 0.93, 40 * 10 / 60.0 * 1.07);
        Assert.InRange(dispersion, ((2 * burst) - 1) * 0.85, ((2 * burst) - 1) * 1.15);
        Assert.Equal(all.Select(static s => s.Arrival).Order(), all.Select(static s => s.Arrival));
    }

    [Fact]
    public void TryNext_Hours_GetTheirShare()
    {
        var hours = Enumerable.Range(0, 24).Select(static hour => hour == 12 ? 60.0 : hour % 2 * 30).ToList();
        var timeline = Timeline.Day(hours, 100, 1e9);
        var stream = new ArrivalStream(timeline, _load, 100, 3);

        var counts = new double[24];
        while (stream.TryNext(out var request))
        {
            counts[request.Segment]++;
        }

        Assert.All(Enumerable.Range(0, 24), hour => Assert.InRange(
            counts[hour], hours[hour] * 100 * 0.9, (hours[hour] * 100 * 1.1) + 0.1));
    }

    private static List<Sequence> All(long users, Load load)
    {
        var timeline = Timeline.Day([.. Enumerable.Repeat(10.0, 24)], users, 1e9);
        var stream = new ArrivalStream(timeline, load, users, seed: 5);
        var all = new List<Sequence>();
        while (stream.TryNext(out var request))
        {
            all.Add(request);
        }

        return all;
    }
}
