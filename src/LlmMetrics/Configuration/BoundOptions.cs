using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Binds a section; values that cannot be read are reported with all else that the start finds.</summary>
internal sealed class BoundOptions(IConfiguration? section) : IConfigureOptions<LlmMetricsOptions>
{
    public void Configure(LlmMetricsOptions options)
    {
        if (section is null)
        {
            return;
        }

        var errors = new List<string>();
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            errors.Add(exception.Message);
        }

        CheckLimits(errors);
        if (errors.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(LlmMetricsOptions), errors);
        }
    }

    /// <summary>The binder passes over entries of dictionaries that it cannot read.</summary>
    private void CheckLimits(List<string> errors)
    {
        var limits = section!.GetSection(
            $"{nameof(LlmMetricsOptions.Cardinality)}:{nameof(CardinalityOptions.MaxValues)}");
        foreach (var limit in limits.GetChildren())
        {
            if (!Enum.TryParse<FactField>(limit.Key, ignoreCase: true, out var field) || !Enum.IsDefined(field))
            {
                errors.Add($"{limit.Path} names no field; fields are {string.Join(", ", Enum.GetNames<FactField>())}.");
            }
            else if (!int.TryParse(limit.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
            {
                errors.Add($"{limit.Path} is '{limit.Value}'; it must be a whole number.");
            }
        }
    }
}
