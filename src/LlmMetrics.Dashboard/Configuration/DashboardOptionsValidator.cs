using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Checks all settings and reports every error at once.</summary>
internal sealed class DashboardOptionsValidator : IValidateOptions<DashboardOptions>
{
    public const string Section = LlmMetricsNames.ConfigurationSection + ":Dashboard";

    private const int MinPoints = 10;
    private const int MaxPoints = 1440;

    private static readonly TimeSpan _minInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _maxInterval = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var errors = new List<string>();
        Check(errors, nameof(options.Interval), options.Interval, _minInterval, _maxInterval);
        Check(errors, nameof(options.MaxRows), options.MaxRows, 1, 10_000);
        if (errors.Count == 0)
        {
            Check(
                errors, nameof(options.History), options.History,
                options.Interval * MinPoints, options.Interval * MaxPoints);
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void Check<T>(List<string> errors, string key, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            errors.Add($"{Section}:{key} is {value}; it must be between {min} and {max}.");
        }
    }
}
