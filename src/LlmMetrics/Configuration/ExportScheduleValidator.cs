using LlmMetrics.Export;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>
/// Checks the schedules of all exporters together with the core's options, so that a start reports whatever is wrong
/// at once.
/// </summary>
internal sealed class ExportScheduleValidator(IServiceProvider services) : IValidateOptions<LlmMetricsOptions>
{
    public ValidateOptionsResult Validate(string? name, LlmMetricsOptions options)
    {
        var errors = new List<string>();
        foreach (var exporter in services.GetServices<ExporterRegistration>())
        {
            if (TryRead(exporter) is { } schedule)
            {
                Check(errors, exporter.Name, schedule);
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private ExportSchedule? TryRead(ExporterRegistration exporter)
    {
        try
        {
            return exporter.Schedule(services);
        }
        catch (OptionsValidationException)
        {
            // Its adapter's options are wrong, which are validated, and reported, by themselves.
            return null;
        }
    }

    private static void Check(List<string> errors, string name, ExportSchedule schedule)
    {
        if (schedule.Interval < ExportSchedule.MinInterval || schedule.Interval > ExportSchedule.Max)
        {
            errors.Add($"Exporter '{name}': Interval is {schedule.Interval}; it must be between "
                + $"{ExportSchedule.MinInterval} and {ExportSchedule.Max}.");
        }

        if (schedule.Timeout <= TimeSpan.Zero || schedule.Timeout > ExportSchedule.Max)
        {
            errors.Add($"Exporter '{name}': Timeout is {schedule.Timeout}; it must be above 0 and at most "
                + $"{ExportSchedule.Max}.");
        }
    }
}
