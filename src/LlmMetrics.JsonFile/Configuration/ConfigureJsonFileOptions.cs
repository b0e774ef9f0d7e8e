using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Binds the section of the host's configuration, where there is one.</summary>
internal sealed class ConfigureJsonFileOptions(IConfiguration? configuration) : IConfigureOptions<JsonFileOptions>
{
    public const string Section = LlmMetricsNames.ConfigurationSection + ":JsonFile";

    public void Configure(JsonFileOptions options)
    {
        try
        {
            configuration?.GetSection(Section).Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            // A value that cannot be read: reported with whatever else the start finds wrong.
            throw new OptionsValidationException(Options.DefaultName, typeof(JsonFileOptions), [exception.Message]);
        }
    }
}
