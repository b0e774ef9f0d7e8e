using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Binds the options from the configuration, if the host has one.</summary>
internal sealed class PrometheusConfiguration(IServiceProvider services)
    : IConfigureOptions<PrometheusOptions>, IConfigureOptions<PrometheusListenerOptions>
{
    private readonly IConfigurationSection? _section =
        services.GetService<IConfiguration>()?.GetSection(PrometheusOptions.Section);

    public void Configure(PrometheusOptions options) => Bind<PrometheusOptions>(section => section.Bind(options));

    public void Configure(PrometheusListenerOptions options) =>
        Bind<PrometheusListenerOptions>(section => section.Bind(options));

    private void Bind<T>(Action<IConfigurationSection> bind)
    {
        try
        {
            if (_section is not null)
            {
                bind(_section);
            }
        }
        catch (InvalidOperationException exception)
        {
            // A value that cannot be read: reported with whatever else the start finds wrong.
            throw new OptionsValidationException(Options.DefaultName, typeof(T), [exception.Message]);
        }
    }
}
