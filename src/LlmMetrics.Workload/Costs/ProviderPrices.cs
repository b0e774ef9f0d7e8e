using LlmMetrics.Workload.Measurements;
using LlmMetrics.Workload.Simulation;

namespace LlmMetrics.Workload.Costs;

/// <summary>
/// What the load costs at each provider: at the planned model, or else at the provider's cheapest model.
/// </summary>
internal static class ProviderPrices
{
    private const int Samples = 64;
    private const double DaysPerMonth = 30;

    // Names that contain a model's name and are another model.
    private static readonly string[] _others =
        ["guard", "tool-use", "distill", "vision", "coder", "embed", "safeguard"];

    public static IReadOnlyList<ProviderCost> For(WorkloadOptions options, UserDay day, Load load)
    {
        if (options.Prices is not { } prices)
        {
            return [];
        }

        var model = options.Hardware.FindModel(options.Model);
        var names = model.CatalogueNames.Count > 0 ? model.CatalogueNames : [model.Name];
        var lengths = Lengths(load);
        return
        [
            .. prices.Models
                .GroupBy(static priced => priced.Provider)
                .Select(provider => Best(prices, provider, names, lengths, options.Date))
                .OfType<ProviderCost>()
                .Select(cost => cost with { UsdPerUserMonth = cost.UsdPerUserMonth * day.Requests * DaysPerMonth })
                .OrderByDescending(static cost => cost.IsSameModel)
                .ThenBy(static cost => cost.UsdPerUserMonth),
        ];
    }

    private static ProviderCost? Best(
        PriceCatalogue prices,
        IEnumerable<PricedModel> models,
        IReadOnlyList<string> names,
        IReadOnlyList<(long Input, long Output)> lengths,
        DateTimeOffset at)
    {
        var sold = models.ToLookup(model => IsSame(model.Model, names));
        return Cheapest(prices, sold[true], lengths, at) is { } same
            ? same with { IsSameModel = true }
            : Cheapest(prices, sold[false], lengths, at);
    }

    private static ProviderCost? Cheapest(
        PriceCatalogue prices,
        IEnumerable<PricedModel> models,
        IReadOnlyList<(long Input, long Output)> lengths,
        DateTimeOffset at) => models
        .Select(model => (Model: model, Cost: PerRequest(prices, model, lengths, at)))
        .Where(static model => model.Cost > 0)
        .OrderBy(static model => model.Cost)
        .ThenBy(static model => model.Model.Model, StringComparer.Ordinal)
        .Select(static model => new ProviderCost
        {
            Provider = model.Model.Provider,
            Model = model.Model.Model,
            IsSameModel = false,
            UsdPerUserMonth = model.Cost!.Value,
        })
        .FirstOrDefault();

    private static bool IsSame(string model, IReadOnlyList<string> names) =>
        names.Any(name => model.Contains(name, StringComparison.OrdinalIgnoreCase))
        && !_others.Any(other => model.Contains(other, StringComparison.OrdinalIgnoreCase));

    // Mean over requests of all lengths, since some models charge long requests at other rates.
    private static double? PerRequest(
        PriceCatalogue prices,
        PricedModel model,
        IReadOnlyList<(long Input, long Output)> lengths,
        DateTimeOffset at)
    {
        var sum = 0.0;
        foreach (var (input, output) in lengths)
        {
            var call = new LlmCall
            {
                Provider = model.Provider,
                RequestModel = model.Model,
                Operation = LlmOperation.Chat,
                InputTokens = input,
                OutputTokens = output,
            };
            if (!prices.TryGetCost(in call, at, out var usd))
            {
                return null;
            }

            sum += usd;
        }

        return sum / lengths.Count;
    }

    // Whole tokens; what rounding takes from one request the next one gets, so the totals stay right.
    private static List<(long Input, long Output)> Lengths(Load load)
    {
        var lengths = new List<(long, long)>(Samples);
        double input = 0, output = 0;
        for (var i = 0; i < Samples; i++)
        {
            input += Slice(load.Input, i);
            output += Slice(load.Output, ((i * 29) + 13) % Samples);
            var (wholeInput, wholeOutput) = ((long)Math.Round(input), (long)Math.Round(output));
            lengths.Add((wholeInput, wholeOutput));
            input -= wholeInput;
            output -= wholeOutput;
        }

        return lengths;
    }

    private static double Slice(LengthTable table, int number)
    {
        const int width = LengthTable.Size / Samples;
        var sum = 0.0;
        foreach (var value in table.Values.Slice(number * width, width))
        {
            sum += value;
        }

        return sum / width;
    }
}
