using LlmMetrics.Collection;

namespace LlmMetrics.Tests.Collection;

public sealed class HistogramBucketTests
{
    public static TheoryData<int> NumbersOfBounds => [.. Enumerable.Range(0, 26)];

    [Theory]
    [MemberData(nameof(NumbersOfBounds))]
    public void Record_AnyNumberOfBounds_PutsValuesIntoTheFirstBucketThatHoldsThem(int count)
    {
        var bounds = Enumerable.Range(1, count).Select(static i => (double)i).ToArray();
        for (var value = 0.0; value <= count + 1; value += 0.5)
        {
            var series = new HistogramSeries([], bounds);
            var words = new long[series.Words];

            series.Record(value);
            series.CopyTo(words);

            // Bounds are inclusive, so 1 is in the first bucket and 1.5 in the second.
            var expected = Math.Min(count, Math.Max(0, (int)Math.Ceiling(value) - 1));
            Assert.Equal(1, words[expected]);
            Assert.Equal(1, words[..^1].Sum());
        }
    }
}
