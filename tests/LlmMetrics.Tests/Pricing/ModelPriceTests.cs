using System.Text;
using LlmMetrics.Facts;
using LlmMetrics.Pricing;

namespace LlmMetrics.Tests.Pricing;

public class ModelPriceTests
{
    private static readonly DateTimeOffset _now = new(2026, 9, 23, 12, 0, 0, TimeSpan.Zero);

    private const string FullRates = """
        {"input_mtok":4,"output_mtok":16,"cache_read_mtok":1,"cache_write_mtok":5,"cache_write_1h_mtok":8,
         "output_reasoning_mtok":20,"input_audio_mtok":32,"cache_audio_read_mtok":2,"output_audio_mtok":64,
         "input_image_mtok":10,"output_image_mtok":40,"web_searches_kcount":10}
        """;

    [Fact]
    public void TryCompute_CachedInput_IsChargedAtItsRateAndSaves()
    {
        var price = Price("""{"input_mtok":4,"output_mtok":16,"cache_read_mtok":1}""");
        var call = new LlmCall { InputTokens = 1000, CachedInputTokens = 600, OutputTokens = 100 };

        Assert.True(price.TryCompute(in LlmCall.Data(in call), _now, out var usd, out var saved));

        Assert.Equal(((400 * 4) + (600 * 1) + (100 * 16)) / 1e6, usd, 1e-15);
        Assert.Equal(600 * 3 / 1e6, saved, 1e-15);
    }

    [Fact]
    public void TryCompute_CachedInputWithoutRate_IsChargedAsInput()
    {
        var price = Price("""{"input_mtok":4,"output_mtok":16}""");
        var call = new LlmCall { InputTokens = 1000, CachedInputTokens = 600, OutputTokens = 0 };

        Assert.True(price.TryCompute(in LlmCall.Data(in call), _now, out var usd, out var saved));

        Assert.Equal(0.004, usd, 1e-15);
        Assert.Equal(0, saved);
    }

    [Fact]
    public void TryCompute_CachedAboveInput_IsCutToIt()
    {
        var price = Price("""{"input_mtok":4,"output_mtok":16,"cache_read_mtok":1,"cache_write_mtok":5}""");
        var call = new LlmCall
        {
            InputTokens = 100,
            CachedInputTokens = 5000,
            CacheWriteInputTokens = 700,
            OutputTokens = 0,
        };

        Assert.True(price.TryCompute(in LlmCall.Data(in call), _now, out var usd, out _));

        Assert.Equal(100 * 1 / 1e6, usd, 1e-15);
    }

    [Fact]
    public void TryCompute_CacheWrites_AreChargedByHowLongTheyAreKept()
    {
        var call = new LlmCall
        {
            InputTokens = 1000,
            CachedInputTokens = 100,
            CacheWriteInputTokens = 500,
            CacheWrite1HourInputTokens = 200,
            OutputTokens = 0,
        };

        Assert.True(Price(FullRates).TryCompute(in LlmCall.Data(in call), _now, out var usd, out _));

        Assert.Equal(((400 * 4) + (100 * 1) + (300 * 5) + (200 * 8)) / 1e6, usd, 1e-15);
    }

    [Fact]
    public void TryCompute_1HourWriteWithOnlyA5MinuteRate_IsUnpriced()
    {
        var price = Price("""{"input_mtok":4,"output_mtok":16,"cache_write_mtok":5}""");
        var call = new LlmCall { InputTokens = 1000, CacheWrite1HourInputTokens = 200, OutputTokens = 0 };

        Assert.Equal(UnpricedReason.NoRate, price.Compute(in LlmCall.Data(in call), _now, out var usd, out _));

        Assert.Equal(0, usd);
    }

    [Fact]
    public void TryCompute_AudioImagesAndReasoning_LeaveTheTextTheyArePartOf()
    {
        var call = new LlmCall
        {
            InputTokens = 1000,
            InputAudioTokens = 200,
            InputImageTokens = 300,
            OutputTokens = 1000,
            ReasoningOutputTokens = 100,
            OutputAudioTokens = 50,
            OutputImageTokens = 250,
            WebSearches = 3,
        };

        Assert.True(Price(FullRates).TryCompute(in LlmCall.Data(in call), _now, out var usd, out _));

        var input = (500 * 4) + (200 * 32) + (300 * 10);
        var output = (600 * 16) + (100 * 20) + (50 * 64) + (250 * 40);
        Assert.Equal(((input + output) / 1e6) + 0.03, usd, 1e-15);
    }

    [Fact]
    public void TryCompute_CachedAudio_IsWhatExceedsTheText()
    {
        var call = new LlmCall
        {
            InputTokens = 1000,
            InputAudioTokens = 800,
            CachedInputTokens = 500,
            OutputTokens = 0,
        };

        Assert.True(Price(FullRates).TryCompute(in LlmCall.Data(in call), _now, out var usd, out var saved));

        Assert.Equal(((200 * 1) + (300 * 2) + (500 * 32)) / 1e6, usd, 1e-15);
        Assert.Equal(((200 * 3) + (300 * 30)) / 1e6, saved, 1e-15);
    }

    [Theory]
    [InlineData(null, 100L, LlmOperation.Chat)]
    [InlineData(100L, null, LlmOperation.Chat)]
    [InlineData(null, null, LlmOperation.Chat)]
    [InlineData(null, 100L, LlmOperation.Embeddings)]
    [InlineData(-1L, 100L, LlmOperation.Chat)]
    [InlineData(100L, -1L, LlmOperation.Chat)]
    public void TryCompute_FigureMissing_IsUnpricedAndNotPartlyPriced(long? input, long? output, string operation)
    {
        var call = new LlmCall { Operation = operation, InputTokens = input, OutputTokens = output };

        var reason = Price(FullRates).Compute(in LlmCall.Data(in call), _now, out var usd, out var saved);

        Assert.Equal(UnpricedReason.UnknownUsage, reason);
        Assert.Equal((0, 0), (usd, saved));
    }

    [Fact]
    public void TryCompute_Embeddings_NeedInputOnly()
    {
        var call = new LlmCall { Operation = LlmOperation.Embeddings, InputTokens = 1_000_000 };

        Assert.True(Price(FullRates).TryCompute(in LlmCall.Data(in call), _now, out var usd, out _));

        Assert.Equal(4, usd, 1e-12);
    }

    [Fact]
    public void TryCompute_NegativePart_IsUnpriced()
    {
        var call = new LlmCall { InputTokens = 10, CachedInputTokens = -5, OutputTokens = 1 };

        Assert.Equal(
            UnpricedReason.UnknownUsage, Price(FullRates).Compute(in LlmCall.Data(in call), _now, out _, out _));
    }

    [Fact]
    public void TryCompute_OutputWithoutRate_IsUnpriced()
    {
        var call = new LlmCall { Operation = LlmOperation.Chat, InputTokens = 10, OutputTokens = 1 };

        Assert.Equal(
            UnpricedReason.NoRate,
            Price("""{"input_mtok":4}""").Compute(in LlmCall.Data(in call), _now, out _, out _));
    }

    [Fact]
    public void TryCompute_SearchesWithoutRate_AreUnpriced()
    {
        var call = new LlmCall { InputTokens = 10, OutputTokens = 1, WebSearches = 1 };

        Assert.Equal(
            UnpricedReason.NoRate,
            Price("""{"input_mtok":4,"output_mtok":1}""").Compute(in LlmCall.Data(in call), _now, out _, out _));
    }

    [Fact]
    public void TryCompute_TranscriptionWithoutAudioShare_IsUnpriced()
    {
        var call = new LlmCall { Operation = LlmOperation.SpeechToText, InputTokens = 10, OutputTokens = 1 };

        Assert.Equal(
            UnpricedReason.UnknownUsage, Price(FullRates).Compute(in LlmCall.Data(in call), _now, out _, out _));
    }

    [Theory]
    [InlineData(null, 4.0)]
    [InlineData("default", 4.0)]
    [InlineData("Standard", 4.0)]
    [InlineData("flex", 2.0)]
    [InlineData("FLEX", 2.0)]
    [InlineData("priority", null)]
    [InlineData("batch", null)]
    public void TryCompute_ServiceTier_HasItsOwnRatesOrNone(string? tier, double? expected)
    {
        var price = Price("""
            [{"prices":{"input_mtok":4,"output_mtok":16}},
             {"constraint":{"service_tier":"flex"},"prices":{"input_mtok":2,"output_mtok":8}}]
            """);
        var call = new LlmCall { InputTokens = 1_000_000, OutputTokens = 0, ServiceTier = tier };

        var reason = price.Compute(in LlmCall.Data(in call), _now, out var usd, out _);

        Assert.Equal(expected is null ? UnpricedReason.NoTierRate : UnpricedReason.None, reason);
        Assert.Equal(expected ?? 0, usd, 1e-12);
    }

    [Theory]
    [InlineData("22:59:59", 4.0)]
    [InlineData("23:00:00", 1.0)]
    [InlineData("00:00:00", 1.0)]
    [InlineData("05:29:59", 1.0)]
    [InlineData("05:30:00", 4.0)]
    public void TryCompute_WindowAcrossMidnight_HoldsOnBothSides(string time, double expected)
    {
        var price = Price("""
            [{"prices":{"input_mtok":4,"output_mtok":0}},
             {"constraint":{"start_time":"23:00:00Z","end_time":"05:30:00Z"},"prices":{"input_mtok":1,"output_mtok":0}}]
            """);
        var call = new LlmCall { InputTokens = 1_000_000, OutputTokens = 0 };
        var at = new DateTimeOffset(2026, 9, 23, 0, 0, 0, TimeSpan.Zero)
            + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

        Assert.True(price.TryCompute(in LlmCall.Data(in call), at, out var usd, out _));

        Assert.Equal(expected, usd, 1e-12);
    }

    [Fact]
    public void TryCompute_BeforeTheFirstPrice_IsNotInEffect()
    {
        var price = Price("""[{"constraint":{"start_date":"2027-01-01"},"prices":{"input_mtok":4,"output_mtok":1}}]""");
        var call = new LlmCall { InputTokens = 1, OutputTokens = 0 };

        Assert.Equal(UnpricedReason.NotInEffect, price.Compute(in LlmCall.Data(in call), _now, out _, out _));
    }

    [Fact]
    public void TryCompute_AnsweredByTheAppsOwnCache_CostsNothingAndSavesThePrice()
    {
        var call = new LlmCall { Cache = CacheResult.Hit, InputTokens = 1_000_000, OutputTokens = 0 };

        Assert.True(Price(FullRates).TryCompute(in LlmCall.Data(in call), _now, out var usd, out var saved));

        Assert.Equal(0, usd);
        Assert.Equal(4, saved, 1e-12);
    }

    [Fact]
    public void TryCompute_TwoTiers_TheHighestReachedHolds()
    {
        var price = Price("""
            {"input_mtok":{"base":1,"tiers":[{"start":100,"price":2},{"start":1000,"price":3}]},
             "output_mtok":{"base":10,"tiers":[{"start":1000,"price":30}]}}
            """);

        Assert.Equal([110, 212, 3303], new[] { (100, 1), (101, 1), (1001, 10) }.Select(c => Math.Round(
            1e6 * Cost(price, c.Item1, c.Item2), 6)));
    }

    [Theory]
    [InlineData(4.0, null, 10)]
    [InlineData(4.0, 2L, 20)]
    [InlineData(25.0, 2L, 25)]
    public void TryCompute_MinimumSeconds_HoldsForEachChannel(double seconds, long? channels, double billed)
    {
        var price = Price("""{"audio_hours":3.6,"minimum_audio_seconds":10}""");
        var call = new LlmCall { AudioSeconds = seconds, AudioChannels = channels };

        Assert.True(price.TryCompute(in LlmCall.Data(in call), _now, out var usd, out _));
        Assert.Equal(billed / 1000, usd, 12);
    }

    [Fact]
    public void TryCompute_Video_LeavesTheInputThatItIsPartOf()
    {
        var price = Price("""{"input_mtok":0.2,"output_mtok":0,"input_video_mtok":12,"input_image_mtok":1}""");
        var call = new LlmCall { InputTokens = 1000, InputVideoTokens = 700, InputImageTokens = 200, OutputTokens = 0 };

        Assert.True(price.TryCompute(in LlmCall.Data(in call), _now, out var usd, out _));
        Assert.Equal(((100 * 0.2) + (700 * 12) + (200 * 1)) / 1e6, usd, 12);
    }

    [Theory]
    [InlineData(",\"cache_read_mtok\":0.1", (50 * 0.1) + (250 * 0.1) + (700 * 12))]
    [InlineData("", (50 * 0.2) + (950 * 12))]
    public void TryCompute_CachedBeyondTheText_IsTakenFromVideo(string read, double expected)
    {
        var price = Price($$"""{"input_mtok":0.2,"output_mtok":0,"input_video_mtok":12{{read}} }""");
        var call = new LlmCall
        {
            InputTokens = 1000, InputVideoTokens = 950, CachedInputTokens = 300, OutputTokens = 0,
        };

        Assert.True(price.TryCompute(in LlmCall.Data(in call), _now, out var usd, out _));
        Assert.Equal(expected / 1e6, usd, 12);
    }

    [Theory]
    [InlineData(700L, 200, (300 * 9) + (700 * 17.5))]
    [InlineData(0L, 200, 1000.0 * 9)]
    [InlineData(null, 200, null)] // text and video have other rates, and nobody said which it was
    [InlineData(5000L, 200, 1000 * 17.5)]
    public void TryCompute_VideoMade_LeavesTheOutputThatItIsPartOf(long? video, int input, double? expected)
    {
        var price = Price("""{"input_mtok":0,"output_mtok":9,"output_video_mtok":17.5}""");
        var call = new LlmCall { InputTokens = input, OutputTokens = 1000, OutputVideoTokens = video };

        var isPriced = price.TryCompute(in LlmCall.Data(in call), _now, out var usd, out _);

        Assert.Equal(expected is not null, isPriced);
        Assert.Equal(expected.GetValueOrDefault() / 1e6, usd, 12);
    }

    [Theory]
    [InlineData(20016L, 0.040032)]
    [InlineData(0L, 0.0)]
    [InlineData(-1L, null)]
    [InlineData(null, null)]
    public void TryCompute_Citations_StandBesideInputAndOutput(long? citations, double? expected)
    {
        var price = Price("""{"input_mtok":2,"output_mtok":8,"output_citation_mtok":2}""");
        var call = new LlmCall { InputTokens = 0, OutputTokens = 0, CitationTokens = citations };

        var isPriced = price.TryCompute(in LlmCall.Data(in call), _now, out var usd, out _);

        Assert.Equal(expected is not null, isPriced);
        Assert.Equal(expected.GetValueOrDefault(), usd, 12);
    }

    [Theory]
    [InlineData(",\"storage_searches_kcount\":2.5", 4L, 0.01)]
    [InlineData(",\"requests_kcount\":5,\"storage_searches_kcount\":2.5", 4L, 0.015)]
    [InlineData(",\"requests_kcount\":5", 4L, null)]
    [InlineData("", 4L, null)]
    [InlineData("", 0L, 0.0)]
    [InlineData("", null, 0.0)]
    public void TryCompute_FileSearches_NeedARate(string rate, long? searches, double? expected)
    {
        var price = Price($$"""{"input_mtok":2,"output_mtok":8{{rate}} }""");
        var call = new LlmCall { InputTokens = 0, OutputTokens = 0, FileSearches = searches };

        var isPriced = price.TryCompute(in LlmCall.Data(in call), _now, out var usd, out _);

        Assert.Equal(expected is not null, isPriced);
        Assert.Equal(expected.GetValueOrDefault(), usd, 12);
    }

    [Fact]
    public void TryCompute_OtherCharges_IsUnpricedUnlessFree()
    {
        var call = new LlmCall { InputTokens = 1, OutputTokens = 1, HasOtherCharges = true };

        Assert.False(Price("""{"input_mtok":2,"output_mtok":8}""").TryCompute(
            in LlmCall.Data(in call), _now, out _, out _));
        Assert.True(Price("{}").TryCompute(in LlmCall.Data(in call), _now, out _, out _));
    }

    [Fact]
    public void TryCompute_OnlyFileSearchesHaveAPrice_IsUnpriced()
    {
        var call = new LlmCall { InputTokens = 1000, OutputTokens = 10 };

        Assert.False(Price("""{"storage_searches_kcount":2.5}""").TryCompute(
            in LlmCall.Data(in call), _now, out _, out _));
    }

    [Theory]
    [InlineData(3L, 0.012)]
    [InlineData(null, null)]
    public void TryCompute_Pages_AreBilledIfTheyAreKnown(long? pages, double? expected)
    {
        var price = Price("""{"input_document_kpages":4,"input_annotated_document_kpages":5}""");
        var call = new LlmCall { Pages = pages };

        Assert.Equal(expected is not null, price.TryCompute(in LlmCall.Data(in call), _now, out var usd, out _));
        Assert.Equal(expected ?? 0, usd, 12);
    }

    private static double Cost(ModelPrice price, long input, long output)
    {
        var call = new LlmCall { InputTokens = input, OutputTokens = output };
        Assert.True(price.TryCompute(in LlmCall.Data(in call), _now, out var usd, out _));
        return usd;
    }

    private static ModelPrice Price(string prices)
    {
        var json = $$"""{"providers":[{"id":"p","models":[{"id":"m","prices":{{prices}}}]}]}""";
        return PriceCatalogue.Parse(Encoding.UTF8.GetBytes(json)).Find("p", "m")!;
    }
}
