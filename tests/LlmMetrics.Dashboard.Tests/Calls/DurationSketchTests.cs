namespace LlmMetrics.Calls;

public sealed class DurationSketchTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    public void Quantile_RandomDurations_IsWithinFivePercent(double share)
    {
        var random = new Random(7);
        var durations = Enumerable.Range(0, 20_000).Select(_ => Math.Exp((random.NextDouble() * 10) - 5)).ToArray();
        var sketch = new DurationSketch();
        foreach (var duration in durations)
        {
            sketch.Add(duration);
        }

        Array.Sort(durations);
        var exact = durations[(int)Math.Ceiling(share * durations.Length) - 1];
        Assert.InRange(sketch.Quantile(share)!.Value, exact * 0.955, exact * 1.045);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1e300)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Add_AnyNumber_CountsAtAnEdge(double seconds)
    {
        var sketch = new DurationSketch();
        sketch.Add(seconds);

        Assert.InRange(sketch.Quantile(0.5)!.Value, 0.0009, 1100);
    }

    [Fact]
    public void Quantile_Nothing_IsUnknown() => Assert.Null(new DurationSketch().Quantile(0.5));

    [Fact]
    public void Quantile_One_IsTheSameAtAllShares()
    {
        var sketch = new DurationSketch();
        sketch.Add(2);

        Assert.Equal(sketch.Quantile(0.01), sketch.Quantile(1));
        Assert.InRange(sketch.Quantile(1)!.Value, 1.9, 2.1);
    }
}
