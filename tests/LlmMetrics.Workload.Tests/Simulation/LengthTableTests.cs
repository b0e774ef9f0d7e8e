using Xunit;

namespace LlmMetrics.Workload.Simulation;

public sealed class LengthTableTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void LogNormal_AnyVariation_HasMeanVariationAndQuantile(double variation)
    {
        var table = LengthTable.LogNormal(150, variation);
        var sigma = Math.Sqrt(Math.Log(1 + (variation * variation)));

        Assert.Equal(150, table.Mean);
        Assert.Equal(150, Mean(table), 6);
        Assert.InRange(table.Variation, variation * 0.97, variation * 1.01);
        var p95 = 150 * Math.Exp((1.6448536 * sigma) - (sigma * sigma / 2));
        Assert.InRange(table.Values[(int)(0.95 * LengthTable.Size)], p95 * 0.995, p95 * 1.005);
    }

    [Fact]
    public void Exponential_Slices_HaveMeanAndMeanSquare()
    {
        var table = LengthTable.Exponential(10);

        Assert.Equal(10, Mean(table), 6);
        Assert.InRange(table.MeanSquare, 199.5, 200.1);
    }

    [Fact]
    public void From_Histogram_KeepsBucketsAndMean()
    {
        var histogram = new TokenHistogram
        {
            Bounds = [1, 4, 16, 64, 256, 1024],
            Counts = [0, 0, 10, 30, 50, 8, 2],
            Sum = 20_000,
        };

        var table = LengthTable.From(histogram);

        Assert.Equal(200, Mean(table), 6);
        var share = table.Values.ToArray().Count(static v => v is > 64 and <= 256) / (double)LengthTable.Size;
        Assert.InRange(share, 0.48, 0.52);
        Assert.InRange(table.Values.ToArray().Count(static v => v > 1024) / (double)LengthTable.Size, 0.015, 0.025);
    }

    [Fact]
    public void Spread_Factor_KeepsTheMeanAndWidens()
    {
        var table = LengthTable.LogNormal(150, 0.5);

        Assert.Equal(150, Mean(table.Spread(1.5)), 6);
        Assert.True(table.Spread(1.5).Variation > 1.4 * table.Variation);
        Assert.True(table.Spread(0.5).Variation < 0.6 * table.Variation);
    }

    private static double Mean(LengthTable table) => table.Values.ToArray().Average();
}
