namespace LlmMetrics.Data;

public sealed class BucketQuantileTests
{
    // As histogram_quantile of Prometheus answers for the same buckets.
    [Theory]
    [InlineData(0.25, 0.75)]
    [InlineData(0.5, 1.25)]
    [InlineData(1, 2)]
    public void Of_Measurements_Interpolates(double share, double expected) =>
        Assert.Equal(expected, BucketQuantile.Of([1, 2, 4], [2, 4, 0, 0], share));

    [Fact]
    public void Of_AboveTheLastBound_IsThatBound() => Assert.Equal(4, BucketQuantile.Of([1, 2, 4], [0, 0, 0, 3], 0.5));

    [Fact]
    public void Of_Nothing_IsUnknown() => Assert.Null(BucketQuantile.Of([1, 2], [0, 0, 0], 0.5));
}
