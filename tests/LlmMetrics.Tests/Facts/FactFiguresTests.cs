using LlmMetrics.Facts;

namespace LlmMetrics.Tests.Facts;

public sealed class FactFiguresTests
{
    [Fact]
    public void Count_OfFigures_FitsThePresenceBits()
    {
        Assert.InRange(FactFigures.Count, 1, 64);
        Assert.Equal(FactFigures.Count, Enum.GetValues<FactValue>().Length);
        Assert.Equal(FactFigures.Count - 1, (int)Enum.GetValues<FactValue>().Max());
    }

    [Fact]
    public void Record_EstimatedTokens_NoneOfThemPassesForTheProviders()
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);

        runtime.Record(new LlmCall
        {
            UsageSource = UsageSource.Estimated, InputTokens = 9, InputVideoTokens = 4, CachedInputAudioTokens = 3,
            CachedInputImageTokens = 2,
        });

        Assert.Equal(
            (null, null, null),
            (log.Single.InputVideoTokens, log.Single.CachedInputAudioTokens, log.Single.CachedInputImageTokens));
    }
}
