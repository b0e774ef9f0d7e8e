using LlmMetrics.Budgets;
using LlmMetrics.Profiles;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Checks all settings and reports every error at once.</summary>
internal sealed class LlmMetricsOptionsValidator : IValidateOptions<LlmMetricsOptions>
{
    private const int MaxText = 256;

    public ValidateOptionsResult Validate(string? name, LlmMetricsOptions options)
    {
        var errors = new List<string>();
        var cardinality = options.Cardinality;
        Check(errors, "Cardinality:MaxValuesPerField", cardinality.MaxValuesPerField, 1, 100_000);
        Check(errors, "Cardinality:MaxSeriesPerMetric", cardinality.MaxSeriesPerMetric, 10, 1_000_000);
        foreach (var (field, max) in cardinality.MaxValues)
        {
            Check(errors, $"Cardinality:MaxValues:{field}", max, 1, 100_000);
        }

        Check(errors, "ActiveUsers:Window", options.ActiveUsers.Window, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Check(errors, "ActiveUsers:MaxUsers", options.ActiveUsers.MaxUsers, 100, 10_000_000);
        Check(errors, "CollectTimeout", options.CollectTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5));
        if (options.HideIdleAfter is { } idle)
        {
            Check(errors, "HideIdleAfter", idle, TimeSpan.FromSeconds(1), TimeSpan.FromDays(365));
        }

        Check(errors, "ShutdownTimeout", options.ShutdownTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        if (options.Prefix is { } prefix && !ProfileValidator.IsLegalPrefix(prefix))
        {
            errors.Add($"LlmMetrics:Prefix is '{prefix}'; it must begin with a letter and go on with at most 63 "
                + "letters, digits, _ . -.");
        }

        Text(errors, "ServiceName", options.ServiceName);
        Text(errors, "ServiceVersion", options.ServiceVersion);
        if (options.ConstantTags.Keys.Any(string.IsNullOrWhiteSpace))
        {
            errors.Add("LlmMetrics:ConstantTags has a tag without a name; every tag needs one.");
        }

        if (options.ResourceAttributes.Keys.Any(string.IsNullOrWhiteSpace))
        {
            errors.Add("LlmMetrics:ResourceAttributes has an attribute without a name; every attribute needs one.");
        }

        PriceOptionsValidator.Validate(options.Prices, errors);
        BudgetOptionsValidator.Check(options, errors);
        Patterns(errors, "Meters", options.Meters);
        Patterns(errors, "DisabledInstruments", options.DisabledInstruments);
        Patterns(errors, "DroppedTags", options.DroppedTags);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Check<T>(List<string> errors, string key, T value, T min, T max)
        where T : IComparable<T> => OptionRange.Check(errors, "LlmMetrics:" + key, value, min, max);

    private static void Text(List<string> errors, string key, string? text)
    {
        if (text is not null && (text.Length > MaxText || string.IsNullOrWhiteSpace(text)))
        {
            errors.Add($"LlmMetrics:{key} has {text.Length} characters; it must have 1 to {MaxText}, and not only "
                + "blanks.");
        }
    }

    private static void Patterns(List<string> errors, string key, IEnumerable<string> patterns)
    {
        if (patterns.Any(string.IsNullOrWhiteSpace))
        {
            errors.Add($"LlmMetrics:{key} has an empty entry; remove it or write a name or pattern.");
        }
    }
}
