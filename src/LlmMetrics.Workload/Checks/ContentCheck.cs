using LlmMetrics.Workload.Exposition;
using LlmMetrics.Workload.Sources;

namespace LlmMetrics.Workload.Checks;

/// <summary>What a profile should have, what has no price, and what was folded.</summary>
internal static class ContentCheck
{
    private const string Folded = "__other__";

    public static IEnumerable<CheckFinding> Run(ExpositionPage page, CheckOptions options) =>
        Missing(page, options).Concat(Unpriced(page, options)).Concat(FoldedValues(page));

    private static IEnumerable<CheckFinding> Missing(ExpositionPage page, CheckOptions options)
    {
        if (options.Profile is null)
        {
            yield break;
        }

        var names = FigureNames.Of(options.Profile);
        var there = page.Samples.Select(static s => s.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var metric in names.All.DistinctBy(static m => m.Name))
        {
            var candidates = metric.PrometheusNames
                .Select(name => metric.Kind == MetricKind.Histogram ? name + "_count" : name);
            if (!candidates.Any(there.Contains))
            {
                yield return new CheckFinding("missing", metric.Name,
                    $"profile {names.Profile} has it, the page has not "
                    + $"(as {metric.PrometheusNames[0]}); it appears with the first call that has the figure");
            }
        }
    }

    private static IEnumerable<CheckFinding> Unpriced(ExpositionPage page, CheckOptions options)
    {
        var models = page.Samples
            .Select(static s => (
                Provider: s.Labels.GetValueOrDefault("provider") ?? s.Labels.GetValueOrDefault("gen_ai_provider_name"),
                Model: s.Labels.GetValueOrDefault("model") ?? s.Labels.GetValueOrDefault("gen_ai_response_model"),
                Operation: s.Labels.GetValueOrDefault("operation")
                    ?? s.Labels.GetValueOrDefault("gen_ai_operation_name")))
            .Where(static m => m is { Provider: not null, Model: not null } && m.Model != Folded)
            .Distinct();
        foreach (var model in models.GroupBy(static m => (m.Provider, m.Model)))
        {
            if (!model.Any(m => HasPrice(m.Provider!, m.Model!, m.Operation, options)))
            {
                yield return new CheckFinding("unpriced", $"{model.Key.Provider}/{model.Key.Model}",
                    "the price catalogue has no price for it, so its cost is not counted; set one (docs/pricing.md)");
            }
        }
    }

    private static bool HasPrice(string provider, string model, string? operation, CheckOptions options)
    {
        var call = new LlmCall
        {
            Provider = provider,
            ResponseModel = model,
            Operation = operation ?? LlmOperation.Chat,
            InputTokens = 1,
            OutputTokens = 1,
            Characters = 1,
            AudioSeconds = 1,
            Images = 1,
        };
        return options.Prices.TryGetCost(in call, options.Date, out _);
    }

    private static IEnumerable<CheckFinding> FoldedValues(ExpositionPage page) => page.Samples
        .SelectMany(sample => sample.Labels.Where(static l => l.Value == Folded)
            .Select(label => (Family: page.FamilyOf(sample.Name), Label: label.Key)))
        .Distinct()
        .Select(static folded => new CheckFinding("folded", $"{folded.Family}{{{folded.Label}}}",
            "values were folded into __other__ because there were too many; totals are right, the split is not"));
}
