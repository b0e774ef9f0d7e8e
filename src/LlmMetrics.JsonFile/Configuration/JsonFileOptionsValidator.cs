using System.Globalization;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Checks all settings and reports every error at once.</summary>
internal sealed class JsonFileOptionsValidator : IValidateOptions<JsonFileOptions>
{
    public const string Section = LlmMetricsNames.ConfigurationSection + ":JsonFile";

    private const long Pebibyte = 1L << 50;

    public ValidateOptionsResult Validate(string? name, JsonFileOptions options)
    {
        var errors = new List<string>();
        if (!IsFolder(options.Directory))
        {
            Fail(errors, nameof(options.Directory), $"is '{options.Directory}'; it must be the path of a folder.");
        }

        var second = TimeSpan.FromSeconds(1);
        Check(errors, nameof(options.Interval), options.Interval, second, TimeSpan.FromDays(1));
        Check(errors, nameof(options.Timeout), options.Timeout, second, TimeSpan.FromMinutes(10));
        Check(errors, nameof(options.MaxAge), options.MaxAge, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650));
        Check(errors, nameof(options.MaxFiles), options.MaxFiles, 1, 1_000_000);
        Check(errors, nameof(options.MaxTotalBytes), options.MaxTotalBytes, 65_536, Pebibyte);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool IsFolder(string? path) =>
        !string.IsNullOrWhiteSpace(path) && path.AsSpan().IndexOfAny(Path.GetInvalidPathChars()) < 0;

    private static void Check<T>(List<string> errors, string key, T value, T min, T max)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            var text = string.Create(
                CultureInfo.InvariantCulture, $"is {value}; it must be between {min} and {max}.");
            Fail(errors, key, text);
        }
    }

    private static void Fail(List<string> errors, string key, string text) =>
        errors.Add($"{Section}:{key} {text}");
}
