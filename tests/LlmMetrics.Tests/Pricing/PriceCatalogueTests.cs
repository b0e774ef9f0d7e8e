using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LlmMetrics.Pricing;

namespace LlmMetrics.Tests.Pricing;

public class PriceCatalogueTests
{
    private static readonly DateTimeOffset _now = new(2026, 9, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Embedded_Data_HasItsDateAndModels()
    {
        Assert.Equal(new DateOnly(2026, 9, 23), PriceCatalogue.Embedded.DataDate);
        Assert.InRange(PriceCatalogue.Embedded.ModelCount, 500, 1000);
    }

    [Fact]
    public void Find_EveryIdThatItsOwnRuleAccepts_PricesWithoutException()
    {
        var found = 0;
        foreach (var (provider, layers) in PriceCatalogue.Embedded.Index.Providers)
        {
            foreach (var entry in layers[0].Entries)
            {
                var call = new LlmCall
                {
                    Provider = provider,
                    RequestModel = entry.Price!.Model,
                    InputTokens = 300_000,
                    OutputTokens = 1000,
                    CachedInputTokens = 1000,
                    CacheWriteInputTokens = 100,
                    AudioSeconds = 60,
                    Characters = 100,
                };
                entry.Price!.Compute(in LlmCall.Data(in call), _now, out var usd, out var saved);
                Assert.True(usd >= 0 && saved >= 0 && double.IsFinite(usd), entry.Price.Model);
                if (entry.Rule.IsMatch(entry.Price.Model))
                {
                    Assert.NotNull(PriceCatalogue.Embedded.Find(provider, entry.Price.Model));
                    found++;
                }
            }
        }

        Assert.InRange(found, 350, 1000);
    }

    [Fact]
    public void Find_EveryEqualsRule_FindsAPrice()
    {
        var names = EqualsRules().ToList();

        Assert.InRange(names.Count, 500, 2000);
        Assert.All(names, name => Assert.NotNull(PriceCatalogue.Embedded.Find(name.Provider, name.Model)));
    }

    [Fact]
    [SuppressMessage("Security", "CA5394", Justification = "Repeatable test data.")]
    public void TryGetCost_OneTokenMore_NeverCostsLess()
    {
        var random = new Random(7);
        var models = PriceCatalogue.Embedded.Index.Providers.Values
            .SelectMany(static layers => layers[0].Entries)
            .ToArray();
        for (var i = 0; i < 20_000; i++)
        {
            var price = models[random.Next(models.Length)].Price!;
            long[] tokens = [.. Enumerable.Range(0, 5).Select(_ => random.NextInt64(0, 400_000))];
            var more = (long[])tokens.Clone();
            more[random.Next(2)] += random.NextInt64(1, 100_000);
            var less = Cost(price, tokens);
            var greater = Cost(price, more);
            Assert.True(less >= 0, price.Model);
            Assert.True(greater >= less * (1 - 1e-12), $"{price.Model}: {string.Join(',', tokens)}");
        }
    }

    [Fact]
    public void With_RatesOfOnesOwn_ComeBeforeTheCatalogue()
    {
        var own = PriceCatalogue.Embedded
            .With("openai", "gpt-4o", new ModelRates { InputPerMillion = 1, OutputPerMillion = 2 })
            .With("my-vllm", "*", ModelRates.Free)
            .With("azure.ai.openai", "chat-*", new ModelRates { InputPerMillion = 7, OutputPerMillion = 7 });

        Assert.Equal(3, Cost(own, "openai", "GPT-4O"));
        Assert.Equal(0, Cost(own, "my-vllm", "llama-3.1-70b"));
        Assert.Equal(14, Cost(own, "azure", "chat-europe"));
        Assert.Equal(3, Cost(own, "openai", "gpt-4o-2024-11-20"));
        Assert.Equal(0.75, Cost(own, "openai", "gpt-4o-mini-2024-07-18")!.Value, 1e-12);
        Assert.Equal(12.5, Cost(PriceCatalogue.Embedded, "openai", "gpt-4o"));
        Assert.Null(Cost(PriceCatalogue.Embedded, "my-vllm", "llama-3.1-70b"));
    }

    [Fact]
    public void Find_PriceSetForTheRequestedName_ComesBeforeTheDataForTheServedOne()
    {
        var rates = new ModelRates { InputPerMillion = 1, OutputPerMillion = 1 };
        var own = PriceCatalogue.Embedded.With("azure", "prod-chat", rates);
        var aliased = PriceCatalogue.Embedded.WithModelAlias("azure", "prod-chat", "gpt-4o");
        var call = new LlmCall
        {
            Provider = "azure.ai.openai",
            RequestModel = "prod-chat",
            ResponseModel = "gpt-4o-mini-2024-07-18",
            InputTokens = 1_000_000,
            OutputTokens = 0,
        };

        Assert.True(own.TryGetCost(in call, _now, out var usd));
        Assert.Equal(1, usd, 1e-12);
        Assert.True(aliased.TryGetCost(in call, _now, out usd));
        Assert.Equal(0.15, usd, 1e-12);
    }

    [Fact]
    public void WithModelAlias_Deployment_IsPricedAsItsModel()
    {
        const string Profile = "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1b2c3";
        var own = PriceCatalogue.Embedded
            .WithModelAlias("azure.ai.openai", "prod-chat", "gpt-4o")
            .WithModelAlias("aws.bedrock", Profile, "meta.llama3-1-8b-instruct-v1:0");

        Assert.Equal(12.5, Cost(own, "azure.ai.openai", "prod-chat"));
        Assert.Equal(0.44, Cost(own, "aws.bedrock", Profile)!.Value, 1e-12);
        Assert.Throws<ArgumentException>(() => own.WithModelAlias("openai", "mine", "no-such-model"));
    }

    [Fact]
    public void WithProviderAlias_Gateway_IsPricedAsTheProvider()
    {
        var own = PriceCatalogue.Embedded.WithProviderAlias("my-gateway", "azure.ai.openai");

        Assert.Equal(12.5, Cost(own, "My-Gateway", "gpt-4o"));
        Assert.Null(Cost(own, "other-gateway", "gpt-4o"));
    }

    [Fact]
    public void With_AnotherCatalogue_ComesFirst()
    {
        var file = Parse("""
            {"data_date":"2027-02-01","providers":[{"id":"openai","models":[
              {"id":"gpt-4o","prices":{"input_mtok":1,"output_mtok":1}}]}]}
            """);

        var both = PriceCatalogue.Embedded.With(file);

        Assert.Equal(2, Cost(both, "openai", "gpt-4o"));
        Assert.Equal(0.75, Cost(both, "openai", "gpt-4o-mini")!.Value, 1e-12);
        Assert.Equal(new DateOnly(2027, 2, 1), both.DataDate);
        Assert.Equal(PriceCatalogue.Embedded.ModelCount + 1, both.ModelCount);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1_000_001)]
    public void With_RateOutOfRange_NamesIt(double rate)
    {
        var error = Assert.Throws<ArgumentException>(() => PriceCatalogue.Empty.With(
            "openai", "m", new ModelRates { InputPerMillion = 1, OutputPerMillion = rate }));

        Assert.Contains("OutputPerMillion", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_NoRates_IsRefused() =>
        Assert.Throws<ArgumentException>(() => PriceCatalogue.Empty.With("openai", "m", new ModelRates()));

    [Fact]
    public void Find_ManyRandomNames_KeepsTheCacheBounded()
    {
        var catalogue = PriceCatalogue.Empty.With("openai", "m", ModelRates.Free);
        var known = catalogue.Find("openai", "m");
        for (var i = 0; i < 100_000; i++)
        {
            Assert.Null(catalogue.Find("openai", string.Create(CultureInfo.InvariantCulture, $"deployment-{i}")));
            Assert.InRange(catalogue.CachedLookups, 1, PriceLookupCache.Capacity);
        }

        Assert.Null(catalogue.Find("openai", new string('x', 100_000)));
        Assert.Same(known, catalogue.Find("openai", "m"));
    }

    [Fact]
    public void Warm_Catalogue_LeavesTheCacheToRealNames()
    {
        var catalogue = PriceCatalogue.Embedded.With("openai", "m", ModelRates.Free);

        catalogue.Warm();

        Assert.Equal(0, catalogue.CachedLookups);
    }

    [Fact]
    public void FindAndCompute_AfterFirstUse_AllocateNothing()
    {
        var catalogue = PriceCatalogue.Embedded;
        var call = new LlmCall
        {
            Provider = "anthropic",
            ResponseModel = "claude-sonnet-4-6",
            InputTokens = 250_000,
            CachedInputTokens = 100_000,
            CacheWriteInputTokens = 1000,
            OutputTokens = 500,
        };
        Assert.True(catalogue.TryGetCost(in call, _now, out var first));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = 0.0;
        for (var i = 0; i < 1000; i++)
        {
            catalogue.TryGetCost(in call, _now, out var usd);
            sum += usd;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(first * 1000, sum, 1e-6);
    }

    [Fact]
    public void Load_File_ReadsItAndNamesItInErrors()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "{\n\"providers\": [\n{}\n]}");
            var error = Assert.Throws<InvalidDataException>(() => PriceCatalogue.Load(path));
            Assert.Equal($"{path}, line 3, column 2: the provider has no 'id'", error.Message);

            File.WriteAllText(path, "[]", new UTF8Encoding(true));
            Assert.Equal(0, PriceCatalogue.Load(path).ModelCount);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static PriceCatalogue Parse(string json) => PriceCatalogue.Parse(Encoding.UTF8.GetBytes(json));

    private static double? Cost(PriceCatalogue catalogue, string provider, string model)
    {
        var call = new LlmCall
        {
            Provider = provider,
            RequestModel = model,
            InputTokens = 1_000_000,
            OutputTokens = 1_000_000,
        };
        return catalogue.TryGetCost(in call, _now, out var usd) ? usd : null;
    }

    private static double Cost(ModelPrice price, long[] tokens)
    {
        var call = new LlmCall
        {
            InputTokens = tokens[0],
            OutputTokens = tokens[1],
            CachedInputTokens = tokens[2],
            CacheWriteInputTokens = tokens[3] / 4,
            InputAudioTokens = tokens[4] / 4,
        };
        price.TryCompute(in LlmCall.Data(in call), _now, out var usd, out _);
        return usd;
    }

    private static IEnumerable<(string Provider, string Model)> EqualsRules()
    {
        using var stream = typeof(PriceCatalogue).Assembly
            .GetManifestResourceStream("LlmMetrics.Pricing.prices.json")!;
        using var json = JsonDocument.Parse(stream);
        foreach (var provider in json.RootElement.GetProperty("providers").EnumerateArray())
        {
            foreach (var model in provider.GetProperty("models").EnumerateArray())
            {
                var match = model.GetProperty("match");
                var rules = match.TryGetProperty("or", out var or) ? or.EnumerateArray().ToArray() : [match];
                foreach (var rule in rules)
                {
                    if (rule.TryGetProperty("equals", out var name))
                    {
                        yield return (provider.GetProperty("id").GetString()!, name.GetString()!);
                    }
                }
            }
        }
    }
}
