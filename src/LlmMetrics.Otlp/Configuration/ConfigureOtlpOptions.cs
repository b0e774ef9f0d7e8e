using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Binds the section of the host's configuration, where there is one.</summary>
internal sealed class ConfigureOtlpOptions(IConfiguration? configuration) : IConfigureOptions<LlmOtlpOptions>
{
    public const string Section = LlmMetricsNames.ConfigurationSection + ":Otlp";

    public void Configure(LlmOtlpOptions options)
    {
        try
        {
            configuration?.GetSection(Section).Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            // A value that cannot be read: reported with whatever else the start finds wrong. A URL may have a
            // password in it.
            var key = $"{Section}:{nameof(options.Endpoint)}";
            var text = exception.Message.Contains(key, StringComparison.OrdinalIgnoreCase)
                ? $"{key} (not shown) cannot be read; it must be an absolute http or https URL."
                : exception.Message;
            throw new OptionsValidationException(Options.DefaultName, typeof(LlmOtlpOptions), [text]);
        }
    }
}
