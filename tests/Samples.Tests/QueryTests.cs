using LlmMetrics.Testing;
using Samples.Tests.Acceptance;
using Samples.Tests.Querying;
using Samples.Tests.Running;

namespace Samples.Tests;

/// <summary>Every query of the documents, asked of a real Prometheus that has scraped the samples.</summary>
[Collection(SharedSamples.Name)]
public sealed class QueryTests(RunningSamples samples)
{
    private const double Tolerance = 0.01;

    private static readonly string[] _scraped = ["ExpertApi", "MigrationApi", "Voicebot"];

    public static TheoryData<string, int> Queries => Data(static _ => true);

    public static TheoryData<string, int> QueriesWithWindows => Data(static query => query.Windows.Any());

    public static TheoryData<string, int> QueriesThatCannotMatch => Data(static query => query.Working is not null);

    [SkippableTheory]
    [MemberData(nameof(Queries))]
    public async Task Query_OfTheDocument_ReturnsNumbers(string sample, int index)
    {
        samples.Require();
        var query = DocumentedSystem.Of(sample).Queries[index];

        var result = await samples.QueryAsync(query.Figure);

        Assert.NotEmpty(result);
        Assert.All(result, series => Assert.True(double.IsFinite(series.Value), query.Figure));
    }

    [SkippableTheory]
    [MemberData(nameof(QueriesThatCannotMatch))]
    public async Task Query_ThatCannotMatch_ReturnsNothingAsItIsWritten(string sample, int index)
    {
        samples.Require();

        Assert.Empty(await samples.QueryAsync(DocumentedSystem.Of(sample).Queries[index].Documented));
    }

    [SkippableTheory]
    [MemberData(nameof(QueriesWithWindows))]
    public async Task Query_WithRateOrIncrease_IsWhatTheSamplesGive(string sample, int index)
    {
        samples.Require();
        foreach (var (function, selector, range) in DocumentedSystem.Of(sample).Queries[index].Windows)
        {
            var answered = await samples.QueryAsync($"{function}({selector}[{range}])");
            var window = PromDuration.Parse(range);
            var expected = (await samples.QueryAsync($"{selector}[{range}]"))
                .Select(series => (
                    Key: Key(series), Value: Extrapolation.Increase(series.Points, samples.Moment, window)))
                .Where(static pair => pair.Value is not null)
                .ToDictionary(
                    static pair => pair.Key,
                    pair => pair.Value!.Value / (function == "rate" ? window.TotalSeconds : 1));

            Assert.NotEmpty(answered);
            Assert.Equal(expected.Keys.Order(), answered.Select(Key).Order());
            Assert.Contains(answered, static series => series.Value > 0);
            Assert.All(answered, series => Assert.Equal(
                expected[Key(series)], series.Value, Math.Abs(expected[Key(series)]) * Tolerance));
        }
    }

    [SkippableFact]
    public async Task Query_CostPerRequestOfExpertApi_IsTheQuotientOfItsCounters()
    {
        samples.Require();
        var cost = await samples.SumAsync("intelia_llm_cost_usd_total");
        var requests = samples.Ledger("ExpertApi").All.Sum(static total => total.Requests);

        var answered = await samples.SumAsync("sum(intelia_llm_cost_usd_total) / sum(intelia_llm_requests_total)");

        Assert.True(cost > 0);
        Assert.Equal(cost / requests, answered, cost / requests * 1e-9);
    }

    [SkippableFact]
    public async Task Query_CostPerCallOfVoicebot_IsWhatTheProvidersWouldCharge()
    {
        samples.Require();
        var ledger = samples.Ledger("Voicebot");
        var cost = (ledger["elevenlabs"].Sum(static t => t.Characters) * 0.00011)
            + (ledger["deepgram"].Sum(static t => t.AudioSeconds) * 0.0043 / 60)
            + (ledger["groq"].Sum(static t => t.InputTokens + t.OutputTokens) * 0.00000059);
        var calls = await samples.SumAsync("voicebot_calls_total");

        var answered = await samples.SumAsync(DocumentedSystem.Of("Voicebot").Queries[0].Working!);

        Assert.Equal(4 * 20, calls);
        Assert.Equal(cost / calls, answered, cost / calls * 1e-9);
    }

    [SkippableFact]
    public async Task Query_ShareOfTheCacheOfVoicebot_IsBetweenHitsAndCalls()
    {
        samples.Require();
        var asked = samples.Ledger("Voicebot")["elevenlabs"].Sum(static t => t.Requests);
        var hits = await samples.SumAsync("voicebot_tts_response_seconds_count{source=\"cache\"}");

        var answered = await samples.SumAsync(DocumentedSystem.Of("Voicebot").Queries[2].Working!);

        Assert.True(hits > 0);
        Assert.Equal(100.0 * hits / (hits + asked), answered, 1e-9);
    }

    private static TheoryData<string, int> Data(Func<DocumentedQuery, bool> filter)
    {
        var data = new TheoryData<string, int>();
        foreach (var sample in _scraped)
        {
            foreach (var (index, query) in DocumentedSystem.Of(sample).Queries.Index())
            {
                if (filter(query))
                {
                    data.Add(sample, index);
                }
            }
        }

        return data;
    }

    private static string Key(PromSeries series) => string.Join(',', series.Labels
        .Where(static label => label.Key != "__name__")
        .OrderBy(static label => label.Key, StringComparer.Ordinal));
}
