using LlmMetrics.Testing;
using Samples.Tests.Monitoring;
using Samples.Tests.Running;

namespace Samples.Tests;

/// <summary>Every panel of every dashboard, asked of a real Prometheus that has scraped the samples.</summary>
[Collection(SharedSamples.Name)]
public sealed class PanelTests(RunningSamples samples)
{
    public static TheoryData<string, string, string, int> Queries => SampleDashboards.Queries;

    [SkippableTheory]
    [MemberData(nameof(Queries))]
    public async Task Query_OfAPanel_ReturnsNumbers(string sample, string dashboard, string panel, int index)
    {
        samples.Require();
        var query = SampleDashboards.Query(sample, dashboard, panel, index);

        var result = await samples.QueryAsync(query);

        // Of alerts there are none as long as all is well.
        if (!query.Contains("ALERTS", StringComparison.Ordinal))
        {
            Assert.True(result.Count > 0, query);
            Assert.Contains(result, static series => double.IsFinite(series.Value));
        }
    }

    [SkippableTheory]
    [InlineData("Voicebot ROI", "Cost per call", 0, 0)]
    [InlineData("Voicebot ROI", "Resolution rate", 0, 1)]
    [InlineData("Voicebot ROI", "Cache hit", 0, 2)]
    public async Task Query_OfAPanelWithADocumentedForm_GivesItsValue(
        string dashboard, string panel, int index, int documented)
    {
        samples.Require();
        var query = Acceptance.DocumentedSystem.Of("Voicebot").Queries[documented];

        var expected = await samples.SumAsync(query.Working ?? query.Documented);
        var actual = await samples.SumAsync(SampleDashboards.Query("Voicebot", dashboard, panel, index));

        Assert.True(expected > 0);
        Assert.Equal(expected, actual, expected * 1e-9);
    }

    [SkippableFact]
    public async Task Query_SavingsByTheCache_AreHitsTimesMeanLengthTimesPrice()
    {
        samples.Require();
        var paid = samples.Ledger("Voicebot")["elevenlabs"];
        var hits = await samples.SumAsync("sum(increase(voicebot_elevenlabs_requests_total{type=\"cache_hit\"}[1h]))");

        var saved = await samples.SumAsync(
            SampleDashboards.Query("Voicebot", "Voicebot ROI", "Savings by TTS cache", 0));

        // Increases lose what a series was born with, so the mean length is that of most, not of all phrases.
        var mean = (double)paid.Sum(static t => t.Characters) / paid.Sum(static t => t.Requests);
        Assert.InRange(saved, hits * mean * 0.00011 * 0.5, hits * mean * 0.00011 * 2);
    }
}
