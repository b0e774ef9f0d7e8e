using System.ComponentModel.DataAnnotations;

namespace LlmMetrics.Configuration;

/// <summary>A path that is not blank and that the file system could take.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FolderAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is string path && !string.IsNullOrWhiteSpace(path)
            && path.AsSpan().IndexOfAny(Path.GetInvalidPathChars()) < 0)
        {
            return ValidationResult.Success;
        }

        var name = validationContext.MemberName ?? validationContext.DisplayName;
        return new ValidationResult(
            $"{ConfigureJsonFileOptions.Section}:{name} is '{value}'; it must be the path of a folder.");
    }
}
