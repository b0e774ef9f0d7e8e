using LlmMetrics.Pricing;

namespace LlmMetrics.Tests.Pricing;

public sealed class RatesOfModelTests
{
    private const double Figure = 3;

    /// <summary>The rates that code can set, and how a price file calls them.</summary>
    public static TheoryData<string, string> Rates => new()
    {
        { nameof(ModelRates.InputPerMillion), "input_mtok" },
        { nameof(ModelRates.OutputPerMillion), "output_mtok" },
        { nameof(ModelRates.CacheReadPerMillion), "cache_read_mtok" },
        { nameof(ModelRates.CacheWritePerMillion), "cache_write_mtok" },
        { nameof(ModelRates.CacheWrite1HourPerMillion), "cache_write_1h_mtok" },
        { nameof(ModelRates.ReasoningPerMillion), "output_reasoning_mtok" },
        { nameof(ModelRates.InputAudioPerMillion), "input_audio_mtok" },
        { nameof(ModelRates.OutputAudioPerMillion), "output_audio_mtok" },
        { nameof(ModelRates.InputImagePerMillion), "input_image_mtok" },
        { nameof(ModelRates.OutputImagePerMillion), "output_image_mtok" },
        { nameof(ModelRates.InputVideoPerMillion), "input_video_mtok" },
        { nameof(ModelRates.OutputVideoPerMillion), "output_video_mtok" },
        { nameof(ModelRates.CitationPerMillion), "output_citation_mtok" },
        { nameof(ModelRates.PerThousandRequests), "requests_kcount" },
        { nameof(ModelRates.PerThousandWebSearches), "web_searches_kcount" },
        { nameof(ModelRates.PerThousandFileSearches), "storage_searches_kcount" },
        { nameof(ModelRates.PerThousandCharacters), "characters_kcount" },
        { nameof(ModelRates.PerThousandImages), "images_kcount" },
        { nameof(ModelRates.PerThousandPages), "input_document_kpages" },
        { nameof(ModelRates.PerAudioHour), "audio_hours" },
        { nameof(ModelRates.MinimumAudioSeconds), "minimum_audio_seconds" },
    };

    [Fact]
    public void Rates_OfTheTable_AreAllThatCanBeSet() => Assert.Equal(
        typeof(ModelRates).GetProperties().Where(static property => property.CanWrite)
            .Select(static property => property.Name).Order(),
        Rates.Select(static row => (string)row[0]).Order());

    [Theory]
    [MemberData(nameof(Rates))]
    public void ToCard_OneRate_IsThatOfTheFile(string property, string name)
    {
        var rates = new ModelRates { PerThousandRequests = 0 };
        typeof(ModelRates).GetProperty(property)!.SetValue(rates, Figure);
        Assert.True(RateNames.TryParse(name, out var expected));

        var card = RatesOfModel.ToCard(rates);

        var set = Enum.GetValues<Rate>().Where(rate => card[rate] == Figure);
        Assert.Equal([expected], set);
    }
}
