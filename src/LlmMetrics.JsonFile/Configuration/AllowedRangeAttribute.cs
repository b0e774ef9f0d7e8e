using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace LlmMetrics.Configuration;

/// <summary>
/// A range whose error names the configuration key, the value and the limits. The framework's own range leaves out
/// the value, and needs reflection for <see cref="TimeSpan"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AllowedRangeAttribute(string minimum, string maximum) : ValidationAttribute
{
    public string Minimum { get; } = minimum;

    public string Maximum { get; } = maximum;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var allowed = value switch
        {
            TimeSpan time => time >= Parse<TimeSpan>(Minimum) && time <= Parse<TimeSpan>(Maximum),
            int number => number >= Parse<int>(Minimum) && number <= Parse<int>(Maximum),
            long number => number >= Parse<long>(Minimum) && number <= Parse<long>(Maximum),
            _ => false,
        };
        if (allowed)
        {
            return ValidationResult.Success;
        }

        var name = validationContext.MemberName ?? validationContext.DisplayName;
        var text = Convert.ToString(value, CultureInfo.InvariantCulture);
        return new ValidationResult(
            $"{ConfigureJsonFileOptions.Section}:{name} is {text}; it must be between {Minimum} and {Maximum}.");
    }

    private static T Parse<T>(string text)
        where T : IParsable<T> => T.Parse(text, CultureInfo.InvariantCulture);
}
