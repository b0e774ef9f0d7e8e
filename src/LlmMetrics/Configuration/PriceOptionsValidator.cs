using LlmMetrics.Pricing;

namespace LlmMetrics.Configuration;

/// <summary>Checks the section <c>Prices</c> of the options.</summary>
internal static class PriceOptionsValidator
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);

    public static void Validate(PriceOptions options, List<string> errors)
    {
        if (options.ReloadInterval is { } interval && (interval < _shortest || interval > _longest))
        {
            errors.Add($"LlmMetrics:Prices:ReloadInterval is {interval}; it must be between {_shortest} and "
                + $"{_longest}.");
        }

        for (var i = 0; i < options.Files.Count; i++)
        {
            Require(errors, $"Files:{i}", options.Files[i]);
        }

        for (var i = 0; i < options.Models.Count; i++)
        {
            var model = options.Models[i];
            Require(errors, $"Models:{i}:Provider", model.Provider);
            Require(errors, $"Models:{i}:Model", model.Model);
            if (RatesOfModel.Check(model.Rates) is { } error)
            {
                errors.Add($"LlmMetrics:Prices:Models:{i}:Rates: {error}");
            }
        }

        for (var i = 0; i < options.Aliases.Count; i++)
        {
            var alias = options.Aliases[i];
            Require(errors, $"Aliases:{i}:Provider", alias.Provider);
            Require(errors, $"Aliases:{i}:Alias", alias.Alias);
            Require(errors, $"Aliases:{i}:Model", alias.Model);
        }

        foreach (var (alias, provider) in options.ProviderAliases)
        {
            Require(errors, $"ProviderAliases:{alias}", provider);
        }
    }

    private static void Require(List<string> errors, string key, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            errors.Add($"LlmMetrics:Prices:{key} is empty; it must have a value.");
        }
    }
}
