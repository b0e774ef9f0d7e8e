using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Binds the section of the host's configuration, where there is one.</summary>
internal sealed class ConfigureOtlpOptions(IConfiguration? configuration) : IConfigureOptions<LlmOtlpOptions>
{
    public const string Section = LlmMetricsNames.ConfigurationSection + ":Otlp";

    public void Configure(LlmOtlpOptions options) => configuration?.GetSection(Section).Bind(options);
}
