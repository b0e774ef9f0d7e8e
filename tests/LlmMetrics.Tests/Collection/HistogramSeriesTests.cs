using System.Runtime.CompilerServices;
using LlmMetrics.Collection;

namespace LlmMetrics.Tests.Collection;

public sealed class HistogramSeriesTests
{
    [Fact]
    public void Record_Beyond32Bits_CountsOn()
    {
        var series = new HistogramSeries([], [1, 2]);
        var words = new long[series.Words];
        LowerHalves(series)[1] = uint.MaxValue - 1;
        for (var i = 0; i < 3; i++)
        {
            series.Record(1.5);
            series.Record(5);
        }

        series.CopyTo(words);

        Assert.Equal([0, (1L << 32) + 1, 3], words[..3]);
        Assert.Equal(19.5, BitConverter.Int64BitsToDouble(words[3]));
    }

    [Fact]
    public void Record_ManyTimesBeyond32Bits_CountsOn()
    {
        var series = new HistogramSeries([], [1, 2]);
        var words = new long[series.Words];
        LowerHalves(series)[1] = uint.MaxValue - 1;

        series.Record(1.5, 5);
        series.Record(0, 7);

        series.CopyTo(words);
        Assert.Equal([7, (1L << 32) + 3, 0], words[..3]);
        Assert.Equal(7.5, BitConverter.Int64BitsToDouble(words[3]));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_buckets")]
    private static extern ref uint[] LowerHalves(HistogramSeries series);
}
