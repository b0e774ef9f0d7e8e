using LlmMetrics.Facts;
using LlmMetrics.Pricing;

namespace LlmMetrics;

/// <summary>What models cost: prices that come with the library, a file of your own, rates set in code.</summary>
/// <remarks>
/// A catalogue never changes: every <c>With</c> method returns another one. It makes no network call. What it does
/// not know it leaves unpriced, which is never the same as free; see <c>docs/pricing.md</c>.
/// </remarks>
public sealed class PriceCatalogue
{
    internal const int MaxFileBytes = 32 * 1024 * 1024;
    private const string EmbeddedName = "LlmMetrics.Pricing.prices.json";

    private static readonly Lazy<PriceCatalogue> _embedded = new(ReadEmbedded);

    private readonly PriceIndex _index;
    private readonly PriceLookupCache _cache = new();
    private int _isWarm;

    private PriceCatalogue(PriceIndex index, DateOnly? dataDate)
    {
        _index = index;
        DataDate = dataDate;
    }

    /// <summary>The prices that come with the library, made from genai-prices (MIT licence).</summary>
    public static PriceCatalogue Embedded => _embedded.Value;

    /// <summary>A catalogue without prices, to which only your own are added.</summary>
    public static PriceCatalogue Empty { get; } = new(PriceIndex.Empty, dataDate: null);

    /// <summary>The day that the prices are of; null if their file does not say.</summary>
    public DateOnly? DataDate { get; }

    /// <summary>Number of models with a price.</summary>
    public int ModelCount => _index.Providers.Values
        .SelectMany(static layers => layers)
        .Sum(static layer => layer.Entries.Count(static entry => entry.Price is not null));

    /// <summary>What the file had that was left out, and why.</summary>
    internal IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>
    /// The models with a price, by provider. A name that stands for many (with <c>*</c> at its end) is left out.
    /// </summary>
    public IEnumerable<PricedModel> Models => _index.Providers
        .OrderBy(static provider => provider.Key, StringComparer.Ordinal)
        .SelectMany(static provider => provider.Value
            .SelectMany(static layer => layer.Entries)
            .Select(static entry => entry.Price?.Model)
            .OfType<string>()
            .Select(model => new PricedModel(provider.Key, model)))
        .Where(static model => !model.Model.EndsWith('*'))
        .Distinct();

    internal int CachedLookups => _cache.Count;

    internal PriceIndex Index => _index;

    /// <summary>
    /// Reads a price file: this library's format, that of genai-prices, or LiteLLM's
    /// <c>model_prices_and_context_window.json</c>, which one the content tells.
    /// </summary>
    /// <param name="path">Path of the file, of at most 32 MiB.</param>
    /// <returns>A catalogue with the prices of the file alone.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is broken: the message names the line, the column and the reason.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PriceCatalogue Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileInfo(path);
        if (file.Exists && file.Length > MaxFileBytes)
        {
            throw new InvalidDataException($"{path}: a price file has at most 32 MiB");
        }

        return Parse(File.ReadAllBytes(path), path);
    }

    /// <summary>Reads prices in any of the formats that <see cref="Load"/> knows.</summary>
    /// <param name="utf8Json">The text of a price file.</param>
    /// <param name="name">What error messages call it.</param>
    /// <returns>A catalogue with these prices alone.</returns>
    /// <exception cref="InvalidDataException">
    /// The text is broken: the message names the line, the column and the reason.
    /// </exception>
    public static PriceCatalogue Parse(ReadOnlySpan<byte> utf8Json, string name = "prices")
    {
        var file = PriceFile.Parse(utf8Json, name);
        return new PriceCatalogue(file.Index, file.Date) { Notes = file.Notes };
    }

    /// <summary>Sets the price of a model; it comes before all that the catalogue has.</summary>
    /// <param name="provider">Provider as calls name it, such as <c>openai</c> or <c>azure.ai.openai</c>.</param>
    /// <param name="model">
    /// Name of the model, in any case. A <c>*</c> at the end stands for any rest; <c>*</c> alone is every model.
    /// </param>
    /// <param name="rates">What it costs.</param>
    /// <returns>A catalogue with the price.</returns>
    /// <exception cref="ArgumentException">A name is empty, or a rate is out of range or missing.</exception>
    public PriceCatalogue With(string provider, string model, ModelRates rates)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(provider);
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        ArgumentNullException.ThrowIfNull(rates);
        var table = new RateTable(RatesOfModel.ToCard(rates));
        var entry = new ModelEntry(ModelRule.For(model), new ModelPrice(model, new ConditionalRates(null, table)));
        return new PriceCatalogue(_index.With(provider, entry), DataDate);
    }

    /// <summary>Puts the prices of another catalogue before those of this one.</summary>
    /// <param name="prices">The prices that win.</param>
    /// <returns>A catalogue with both, and the later of their dates.</returns>
    public PriceCatalogue With(PriceCatalogue prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return new PriceCatalogue(_index.With(prices._index), Later(DataDate, prices.DataDate));
    }

    /// <summary>Gives a name of your own to a model: an Azure deployment, a Bedrock profile.</summary>
    /// <param name="provider">Provider as calls name it.</param>
    /// <param name="alias">The name in calls; a <c>*</c> at the end stands for any rest.</param>
    /// <param name="model">A model of the provider that the catalogue has a price for.</param>
    /// <returns>A catalogue that prices the name as the model.</returns>
    /// <exception cref="ArgumentException">A name is empty, or the model has no price.</exception>
    public PriceCatalogue WithModelAlias(string provider, string alias, string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(provider);
        ArgumentException.ThrowIfNullOrWhiteSpace(alias);
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        var found = _index.Find(provider, model)
            ?? throw new ArgumentException($"'{model}' of '{provider}' has no price.", nameof(model));
        return WithAlias(new ModelAlias(provider, alias, model, "code"), found.Level);
    }

    /// <summary>Prices a provider as another one: a gateway that bills what the provider behind it bills.</summary>
    /// <param name="alias">The name in calls.</param>
    /// <param name="provider">The provider whose prices hold.</param>
    /// <returns>A catalogue that prices the one as the other.</returns>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public PriceCatalogue WithProviderAlias(string alias, string provider)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(alias);
        ArgumentException.ThrowIfNullOrWhiteSpace(provider);
        return new PriceCatalogue(_index.WithAlias(alias, provider), DataDate);
    }

    /// <summary>Computes what a call cost.</summary>
    /// <param name="call">The call. A cost that it carries already is returned as it is.</param>
    /// <param name="at">When it was made: prices change with the date and, at some providers, the time of day.</param>
    /// <param name="usd">The cost in US dollars, or 0 if there is none.</param>
    /// <returns>False if the call has no price: nothing then says that it was free.</returns>
    public bool TryGetCost(in LlmCall call, DateTimeOffset at, out double usd)
    {
        ref readonly var data = ref LlmCall.Data(in call);
        if (data.Double(FactValue.CostUsd) is { } given)
        {
            usd = given;
            return true;
        }

        return Price(in data, at, out usd, out _) == UnpricedReason.None;
    }

    /// <summary>As <see cref="WithModelAlias"/>, for a model that need not have a price yet.</summary>
    internal PriceCatalogue WithAlias(ModelAlias alias, int level = 0) =>
        new(_index.With(alias.Provider, alias.ToEntry(), level), DataDate);

    /// <summary>
    /// The price of the model that answered, else of the one asked for. A price that the app has set for what it asks
    /// for, such as a deployment, comes before the data's for what answered.
    /// </summary>
    internal ModelPrice? Find(in FactData call)
    {
        var provider = call.KeyFields[(int)FactField.Provider];
        var served = Look(provider, call.KeyFields[(int)FactField.ResponseModel]);
        var asked = Look(provider, call.KeyFields[(int)FactField.RequestModel]);
        return served is null || asked?.Level > served.Level ? asked?.Price : served.Price;
    }

    internal ModelPrice? Find(string? provider, string? model) => Look(provider, model)?.Price;

    internal UnpricedReason Price(in FactData call, DateTimeOffset at, out double usd, out double savingsUsd)
    {
        if (Find(in call) is { } price)
        {
            return price.Compute(in call, at, out usd, out savingsUsd);
        }

        usd = savingsUsd = 0;
        return call.Closed.Cache == (int)CacheResult.Hit ? UnpricedReason.None : UnpricedReason.UnknownModel;
    }

    /// <summary>
    /// Builds now what the first lookups would build (tens of milliseconds, once), so that no call waits for it. Meant
    /// for a thread of the pool, at start.
    /// </summary>
    internal void Warm()
    {
        if (Interlocked.Exchange(ref _isWarm, 1) != 0)
        {
            return;
        }

        foreach (var provider in _index.Providers.Keys)
        {
            _index.Find(provider, "~");
        }
    }

    private static PriceCatalogue ReadEmbedded()
    {
        using var stream = typeof(PriceCatalogue).Assembly.GetManifestResourceStream(EmbeddedName)
            ?? throw new InvalidOperationException("The library was built without its prices.");
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return Parse(json, "embedded prices");
    }

    private static DateOnly? Later(DateOnly? one, DateOnly? other) => one is null || other > one ? other : one;

    private FoundPrice? Look(string? provider, string? model)
    {
        if (string.IsNullOrEmpty(provider) || string.IsNullOrEmpty(model)
            || provider.Length > ModelNames.MaxLength || model.Length > ModelNames.MaxLength)
        {
            return null;
        }

        if (!_cache.TryGet(provider, model, out var price))
        {
            price = _index.Find(provider, model);
            _cache.Add(provider, model, price);
        }

        return price;
    }
}
