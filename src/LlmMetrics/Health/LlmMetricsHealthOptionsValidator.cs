using LlmMetrics.Configuration;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Health;

/// <summary>Finds every error of a health check's options at once.</summary>
internal sealed class LlmMetricsHealthOptionsValidator : IValidateOptions<LlmMetricsHealthOptions>
{
    public ValidateOptionsResult Validate(string? name, LlmMetricsHealthOptions options)
    {
        var errors = new List<string>();
        if (options.MaxExportAge is { } age)
        {
            OptionRange.Check(errors, Key("MaxExportAge"), age, TimeSpan.FromSeconds(1), ExportSchedule.Max);
        }

        OptionRange.Check(errors, Key("MaxErrorRate"), options.MaxErrorRate, double.Epsilon, 1);
        OptionRange.Check(errors, Key("MinCalls"), options.MinCalls, 1, 1_000_000);
        OptionRange.Check(errors, Key("Window"), options.Window, ProviderRates.Step, ProviderRates.MaxWindow);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        string Key(string property) => $"AddHealthChecks.AddLlmMetrics({name}):{property}";
    }
}
