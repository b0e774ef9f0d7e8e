using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Binds the options from the configuration, if the host has one.</summary>
internal sealed class PrometheusConfiguration(IServiceProvider services)
    : IConfigureOptions<PrometheusOptions>, IConfigureOptions<PrometheusListenerOptions>
{
    private readonly IConfiguration? _section =
        services.GetService<IConfiguration>()?.GetSection(PrometheusOptions.Section);

    public void Configure(PrometheusOptions options)
    {
        if (_section is not null)
        {
            _section.Bind(options);
        }
    }

    public void Configure(PrometheusListenerOptions options)
    {
        if (_section is not null)
        {
            _section.Bind(options);
        }
    }
}
