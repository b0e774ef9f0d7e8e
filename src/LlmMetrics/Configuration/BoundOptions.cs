using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Binds a section; values that cannot be read are reported with all else that the start finds.</summary>
internal sealed class BoundOptions(IConfiguration? section)
    : IConfigureOptions<LlmMetricsOptions>, IValidateOptions<LlmMetricsOptions>
{
    private readonly BoundSection<LlmMetricsOptions> _bound = new(
        section,
        static (section, options) => section.Bind(options),
        typeof(BudgetPeriod),
        typeof(BudgetScope));

    public void Configure(LlmMetricsOptions options) => _bound.Configure(options);

    public ValidateOptionsResult Validate(string? name, LlmMetricsOptions options)
    {
        var result = _bound.Validate(name, options);
        if (result.Skipped || section is null)
        {
            return result;
        }

        var limits = section.GetSection(
            $"{nameof(LlmMetricsOptions.Cardinality)}:{nameof(CardinalityOptions.MaxValues)}");
        var errors = (result.Failures ?? [])
            .Where(error => !error.StartsWith($"{limits.Path}:", StringComparison.OrdinalIgnoreCase))
            .Concat(Check(limits))
            .ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>The binder passes over entries of dictionaries that it cannot read.</summary>
    private static IEnumerable<string> Check(IConfigurationSection limits)
    {
        var names = string.Join(", ", Enum.GetNames<FactField>());
        foreach (var limit in limits.GetChildren())
        {
            if (!Enum.TryParse<FactField>(limit.Key, ignoreCase: true, out var field) || !Enum.IsDefined(field))
            {
                yield return $"{limit.Path} names no field; fields are {names}.";
            }
            else if (!int.TryParse(limit.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
            {
                yield return $"{limit.Path} is '{limit.Value}'; it must be a whole number.";
            }
        }
    }
}
