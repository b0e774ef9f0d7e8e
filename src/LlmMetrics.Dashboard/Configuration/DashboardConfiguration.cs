using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Binds the section of the host's configuration, where there is one.</summary>
internal sealed class DashboardConfiguration(IConfiguration? configuration) : IConfigureOptions<DashboardOptions>
{
    public const string Section = LlmMetricsNames.ConfigurationSection + ":Dashboard";

    public void Configure(DashboardOptions options)
    {
        try
        {
            configuration?.GetSection(Section).Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            // A value that cannot be read: reported with whatever else the start finds wrong.
            throw new OptionsValidationException(Options.DefaultName, typeof(DashboardOptions), [exception.Message]);
        }
    }
}
