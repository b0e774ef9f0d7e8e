using System.ComponentModel.DataAnnotations;

namespace LlmMetrics.Configuration;

/// <summary>A check whose message names the setting's key, its value and what is allowed.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class SettingAttribute : ValidationAttribute
{
    protected sealed override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        Complain(value) is { } complaint
            ? new ValidationResult($"{PrometheusOptions.Section}:{validationContext.MemberName} {complaint}")
            : ValidationResult.Success;

    /// <summary>What is wrong, or null.</summary>
    protected abstract string? Complain(object? value);
}
