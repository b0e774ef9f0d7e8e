using LlmMetrics.Facts;
using LlmMetrics.Profiles;

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
    public void Place_OfAFigure_IsSharedByNoOtherOfTheSameKindOfFact()
    {
        var kinds = Enum.GetValues<FactKind>();
        FactValue[] ofAll = [FactValue.Count, FactValue.Duration, FactValue.Errors];
        foreach (var kind in kinds)
        {
            var figures = default(FactFigures);
            FactValue[] own = [.. Enum.GetValues<FactValue>().Where(
                value => ofAll.Contains(value) || FiguresOfFacts.Has(kind, value))];
            Array.ForEach(own, value => figures.Set(value, 100L + (long)value));

            Assert.All(own, value => Assert.Equal(100L + (long)value, figures.Long(value)));
        }

        // What calls on models have, nobody else has, and the other way round: that is what sharing rests on.
        Assert.All(Enum.GetValues<FactValue>(), value => Assert.Equal(
            value >= FactFigures.FirstOfOthers,
            !ofAll.Contains(value) && !FiguresOfFacts.Has(FactKind.LlmCall, value)));
        Assert.DoesNotContain(kinds, kind => kind != FactKind.LlmCall && Enum.GetValues<FactValue>().Any(
            value => value is >= FactFigures.FirstOfCalls and < FactFigures.FirstOfOthers
                && FiguresOfFacts.Has(kind, value)));
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
