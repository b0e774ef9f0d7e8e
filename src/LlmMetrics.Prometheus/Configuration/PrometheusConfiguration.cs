using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Configuration;

/// <summary>Binds the options from the configuration, if the host has one.</summary>
internal sealed class PrometheusConfiguration :
    IConfigureOptions<PrometheusOptions>, IConfigureOptions<PrometheusListenerOptions>,
    IValidateOptions<PrometheusOptions>, IValidateOptions<PrometheusListenerOptions>
{
    private readonly BoundSection<PrometheusOptions> _endpoint;
    private readonly BoundSection<PrometheusListenerOptions> _listener;

    public PrometheusConfiguration(IServiceProvider services)
    {
        var section = services.GetService<IConfiguration>()?.GetSection(PrometheusOptions.Section);
        _endpoint = new BoundSection<PrometheusOptions>(section, static (from, options) => from.Bind(options));
        _listener = new BoundSection<PrometheusListenerOptions>(section, static (from, options) => from.Bind(options));
    }

    public void Configure(PrometheusOptions options) => _endpoint.Configure(options);

    public void Configure(PrometheusListenerOptions options) => _listener.Configure(options);

    public ValidateOptionsResult Validate(string? name, PrometheusOptions options) =>
        _endpoint.Validate(name, options);

    public ValidateOptionsResult Validate(string? name, PrometheusListenerOptions options) =>
        _listener.Validate(name, options);
}
