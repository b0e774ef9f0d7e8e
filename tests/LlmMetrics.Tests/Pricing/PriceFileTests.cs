using System.Text;

namespace LlmMetrics.Tests.Pricing;

public class PriceFileTests
{
    /// <summary>Broken prices of one model, which stand in line 3.</summary>
    [Theory]
    [InlineData("""{"input_mtok":-1}""", "'input_mtok' is -1, but must be from 0 to 1,000,000")]
    [InlineData("""{"input_mtok":1e9}""", "'input_mtok' is 1e9")]
    [InlineData("""{"input_mtok":1e999}""", "'input_mtok' is 1e999")]
    [InlineData("""{"input_mtok":NaN}""", "this is not JSON")]
    [InlineData("""{"input_mtok":"2.5"}""", "'input_mtok' needs a number")]
    [InlineData("""{"input_mtok":null}""", "'input_mtok' needs a number")]
    [InlineData("""{"input_mtok":1,"input_mtok":2}""", "'input_mtok' is given twice")]
    [InlineData("""{"input_mtk":1}""", "'input_mtk' is no rate that is known")]
    [InlineData("""{"input_mtok":{"tiers":[]}}""", "'base' is missing")]
    [InlineData("""{"input_mtok":{"base":1,"tiers":[{"price":2}]}}""", "'start' is missing")]
    [InlineData("""{"input_mtok":{"base":1,"tiers":[{"start":2}]}}""", "'price' is missing")]
    [InlineData("""{"input_mtok":{"base":1,"tiers":[{"start":2,"price":-1}]}}""", "'price' is -1")]
    [InlineData("""{"input_mtok":{"base":1,"tiers":[{"start":-2,"price":1}]}}""", "'start' needs a whole number")]
    [InlineData("""{"input_mtok":{"base":1,"tiers":[{"start":2.5,"price":1}]}}""", "'start' needs a whole number")]
    [InlineData(
        """{"input_mtok":{"base":1,"tiers":[{"start":2,"price":1},{"start":2,"price":3}]}}""", "is given twice")]
    [InlineData("""{"audio_hours":1,"input_audio_hours":2}""", "'input_audio_hours' contradicts")]
    [InlineData("[]", "the list of prices is empty")]
    [InlineData("5", "an object of rates is expected")]
    [InlineData("""[{"constraint":{"start_date":"2026-01-01"}}]""", "'prices' is missing")]
    [InlineData("""[{"constraint":{},"prices":{}}]""", "the constraint is empty")]
    [InlineData("""[{"constraint":{"start_date":"soon"},"prices":{}}]""", "'start_date' is 'soon'")]
    [InlineData("""[{"constraint":{"start_time":"08:00:00Z"},"prices":{}}]""", "needs a 'start_time' and another")]
    [InlineData(
        """[{"constraint":{"start_time":"08:00","end_time":"08:00:00Z"},"prices":{}}]""", "needs a 'start_time'")]
    [InlineData(
        """[{"constraint":{"start_time":"08:00:00+02:00","end_time":"09:00"},"prices":{}}]""", "time of day in UTC")]
    [InlineData("""[{"constraint":{"moon":"full"},"prices":{}}]""", "'moon' is no constraint")]
    public void Parse_BrokenPrices_NamesLineAndReason(string prices, string reason)
    {
        var json = "{\"providers\":[\n{\"id\":\"p\",\"models\":[\n{\"id\":\"m\",\"prices\":" + prices + "}\n]}]}";

        var error = Assert.Throws<InvalidDataException>(() => Parse(json));

        Assert.StartsWith("mine.json, line 3, column ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("\n\n{", "line 3")]
    [InlineData("true", "line 1")]
    [InlineData("{}", "'providers' is missing")]
    [InlineData("{\"providers\":[]}\n[]", "line 2")]
    [InlineData("{\"data_date\":\"1/2/2026\",\"providers\":[]}", "'data_date'")]
    [InlineData("[\n{\"id\":\"p\"}]", "line 2, column 10: the provider has no 'models'")]
    [InlineData("[{\"id\":\"p\",\"models\":[]},\n{\"id\":\"P\",\"models\":[]}]", "line 2, column 7: provider")]
    [InlineData("[{\"id\":\"xai\",\"models\":[]},{\"id\":\"x-ai\",\"models\":[]}]", "is given twice")]
    [InlineData("[{\"id\":\"p\",\"models\":[{\"prices\":{}}]}]", "the model has no 'id'")]
    [InlineData("[{\"id\":\"p\",\"models\":[{\"id\":\"m\"}]}]", "model 'm' has no 'prices'")]
    [InlineData(
        "[{\"id\":\"p\",\"models\":[{\"id\":\"m\",\"prices\":{}},\n{\"id\":\"M\",\"prices\":{}}]}]",
        "line 2, column 7: model")]
    [InlineData("[{\"id\":\" \",\"models\":[]}]", "'id' is empty")]
    [InlineData("[{\"id\":5,\"models\":[]}]", "text for 'id' is expected")]
    [InlineData("[{\"id\":\"\\ud800\",\"models\":[]}]", "not valid Unicode")]
    public void Parse_BrokenFile_NamesPlaceAndReason(string json, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => Parse(json));

        Assert.StartsWith("mine.json, line ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "the match rule is empty")]
    [InlineData("""{"or":[]}""", "the list of match rules is empty")]
    [InlineData("""{"equals":"a","contains":"b"}""", "has one property only")]
    [InlineData("""{"like":"a"}""", "'like' is no match rule")]
    [InlineData("""{"regex":"("}""", "'(' is no regular expression")]
    [InlineData("""{"equals":""}""", "'equals' is empty")]
    [InlineData("\"gpt-4o\"", "a match rule is expected")]
    public void Parse_BrokenMatchRule_NamesPlaceAndReason(string rule, string expected)
    {
        var json = "[{\"id\":\"p\",\"models\":[{\"id\":\"m\",\"prices\":{},\n\"match\":" + rule + "}]}]";

        var error = Assert.Throws<InvalidDataException>(() => Parse(json));

        Assert.StartsWith("mine.json, line 2, column ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DeepMatchRule_IsRefusedAndDoesNotOverflow()
    {
        var rule = string.Concat(Enumerable.Repeat("{\"or\":[", 30)) + "{\"equals\":\"a\"}"
            + string.Concat(Enumerable.Repeat("]}", 30));

        Assert.Throws<InvalidDataException>(() => Parse(
            "[{\"id\":\"p\",\"models\":[{\"id\":\"m\",\"prices\":{},\"match\":" + rule + "}]}]"));
    }

    [Theory]
    [InlineData("""{"equals":"abc"}""", "ABC", true)]
    [InlineData("""{"equals":"abc"}""", "abcd", false)]
    [InlineData("""{"starts_with":"abc"}""", "Abcd", true)]
    [InlineData("""{"starts_with":"abc"}""", "xabc", false)]
    [InlineData("""{"ends_with":"abc"}""", "xABC", true)]
    [InlineData("""{"ends_with":"abc"}""", "abcx", false)]
    [InlineData("""{"contains":"abc"}""", "xaBcx", true)]
    [InlineData("""{"contains":"abc"}""", "ab-c", false)]
    [InlineData("""{"regex":"^a\\d+$"}""", "A123", true)]
    [InlineData("""{"regex":"^a\\d+$"}""", "a12b", false)]
    [InlineData("""{"regex":"^(?!b)a"}""", "abc", true)] // looks ahead: not for the linear engine
    [InlineData("""{"regex":"^(a+)+$(?!b)"}""", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", false)]
    [InlineData("""{"and":[{"starts_with":"a"},{"ends_with":"c"}]}""", "abc", true)]
    [InlineData("""{"and":[{"starts_with":"a"},{"ends_with":"c"}]}""", "abd", false)]
    [InlineData("""{"or":[{"equals":"a"},{"equals":"b"}]}""", "b", true)]
    [InlineData("""{"or":[{"equals":"a"},{"equals":"b"}]}""", "c", false)]
    public void Find_MatchRule_IsApplied(string rule, string model, bool expected)
    {
        var catalogue = Parse("[{\"id\":\"p\",\"models\":[{\"id\":\"m\",\"prices\":{},\"match\":" + rule + "}]}]");

        Assert.Equal(expected, catalogue.Find("p", model) is not null);
    }

    [Fact]
    public void Find_SeveralRulesMatch_TakesTheFirst()
    {
        var catalogue = Parse("""
            [{"id":"p","models":[
              {"id":"first","match":{"starts_with":"a"},"prices":{}},
              {"id":"second","match":{"equals":"ab"},"prices":{}}]}]
            """);

        Assert.Equal("first", catalogue.Find("p", "ab")?.Model);
    }

    [Fact]
    public void Parse_FileAsGenAiPricesShipsIt_IgnoresWhatIsNotAPrice()
    {
        var catalogue = Parse("""
            [{"id":"acme","name":"Acme","api_pattern":"https://acme","pricing_urls":["https://acme/prices"],
              "extractors":[{"root":"usage"}],"models":[
                {"id":"m1","name":"M 1","match":{"equals":"m1"},"context_window":1000,"deprecated":true,
                 "prices":[{"constraint":null,"prices":{"input_mtok":1}},
                           {"constraint":{"start_date":"2020-01-01","type":"start_date"},"prices":{"input_mtok":2}}]}]}]
            """);

        Assert.Equal(1, catalogue.ModelCount);
        Assert.Null(catalogue.DataDate);
        Assert.NotNull(catalogue.Find("acme", "m1"));
    }

    private static PriceCatalogue Parse(string json) => PriceCatalogue.Parse(Encoding.UTF8.GetBytes(json), "mine.json");
}
