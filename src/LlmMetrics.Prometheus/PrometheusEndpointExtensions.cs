using System.Diagnostics.CodeAnalysis;
using LlmMetrics.Endpoint;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics;

/// <summary>Maps the Prometheus endpoint into a host's own routes.</summary>
public static class PrometheusEndpointExtensions
{
    /// <summary>
    /// Answers scrapes by Prometheus, in text format 0.0.4 or OpenMetrics 1.0 as the scraper asks. The endpoint does
    /// not count its own requests.
    /// </summary>
    /// <param name="endpoints">The host's routes.</param>
    /// <param name="pattern">Route of the endpoint.</param>
    /// <returns>Its conventions, for <c>RequireAuthorization()</c>, <c>RequireHost("*:9090")</c> and others.</returns>
    /// <exception cref="InvalidOperationException">
    /// <see cref="PrometheusBuilderExtensions.AddPrometheus"/> was not called.
    /// </exception>
    /// <remarks>
    /// Metrics tell models, features and volumes. Without <see cref="PrometheusOptions.BearerToken"/> or a convention
    /// that protects it, whoever reaches the app can read them.
    /// </remarks>
    public static IEndpointConventionBuilder MapLlmMetrics(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern = "/metrics")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var services = endpoints.ServiceProvider;
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(ScrapeHandler)) == false)
        {
            throw new InvalidOperationException(
                "MapLlmMetrics needs the Prometheus adapter: call services.AddLlmMetrics().AddPrometheus().");
        }

        // Routes are mapped before options are validated, so the handler, which reads them, is not made yet.
        RequestDelegate scrape = context => services.GetRequiredService<ScrapeHandler>().HandleAsync(context);
        return endpoints
            .MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], scrape)
            .WithDisplayName("LlmMetrics Prometheus")
            .DisableHttpMetrics();
    }
}
