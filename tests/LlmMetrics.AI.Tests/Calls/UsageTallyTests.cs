using LlmMetrics.AI.Calls;
using LlmMetrics.Facts;
using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Tests.Calls;

public sealed class UsageTallyTests
{
    [Theory]
    [InlineData(100, 20, 120, 60, 10, 100, 20)]
    [InlineData(40, 20, 120, 60, 10, 100, 20)]
    [InlineData(100, 20, 130, 60, 10, 100, 30)]
    [InlineData(40, 20, 130, 60, 10, 100, 30)]
    [InlineData(40, 20, null, 60, 10, 100, 20)]
    [InlineData(100, 20, null, 60, 30, 100, 50)]
    [InlineData(100, 20, null, null, null, 100, 20)]
    public void TryWrite_Counts_AreInclusive(
        int input, int output, int? total, int? cached, int? reasoning, int expectedInput, int expectedOutput)
    {
        var call = Written(new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = total,
            CachedInputTokenCount = cached,
            ReasoningTokenCount = reasoning,
        });

        Assert.Equal(expectedInput, call.InputTokens);
        Assert.Equal(expectedOutput, call.OutputTokens);
        Assert.Equal(cached, call.CachedInputTokens);
        Assert.Equal(reasoning, call.ReasoningOutputTokens);
    }

    [Fact]
    public void TryWrite_CountsOfAdapters_AreKnownByTheirNames()
    {
        var call = Written(new UsageDetails
        {
            InputTokenCount = 2310,
            OutputTokenCount = 7,
            TotalTokenCount = 2317,
            CachedInputTokenCount = 2000,
            InputAudioTokenCount = 5,
            OutputAudioTokenCount = 6,
            AdditionalCounts = new AdditionalPropertiesDictionary<long>
            {
                ["CacheCreationInputTokens"] = 300,
                ["WebSearchRequests"] = 2,
                ["InputTokenDetails.ImageTokenCount"] = 4,
                ["SomethingElse"] = 99,
            },
        });

        Assert.Equal(2310, call.InputTokens);
        Assert.Equal(300, call.CacheWriteInputTokens);
        Assert.Equal(2, call.WebSearches);
        Assert.Equal(4, call.InputImageTokens);
        Assert.Equal(5, call.InputAudioTokens);
        Assert.Equal(6, call.OutputAudioTokens);
    }

    [Fact]
    public void TryWrite_TypedAndAdditionalCount_TypedGoesBefore() => Assert.Equal(60, Written(new UsageDetails
    {
        InputTokenCount = 100,
        CachedInputTokenCount = 60,
        AdditionalCounts = new AdditionalPropertiesDictionary<long> { ["InputTokenDetails.CachedTokenCount"] = 1 },
    }).CachedInputTokens);

    [Fact]
    public void TryWrite_NegativeCount_IsAsIfNotThere() =>
        Assert.Null(Written(new UsageDetails { InputTokenCount = 3, OutputTokenCount = -1 }).OutputTokens);

    [Fact]
    public void TryWrite_EmptyDetails_IsUnknown()
    {
        var tally = new UsageTally();
        tally.Add("r", new UsageDetails());
        var fact = default(FactData);

        Assert.False(tally.TryWrite(LlmOperation.Chat, ref fact));
        Assert.Equal(0UL, fact.Present);
    }

    private static LlmCall Written(UsageDetails usage)
    {
        var tally = new UsageTally();
        tally.Add(responseId: null, usage);
        var fact = default(FactData);
        Assert.True(tally.TryWrite(LlmOperation.Chat, ref fact));
        return new LlmCall(in fact);
    }
}
