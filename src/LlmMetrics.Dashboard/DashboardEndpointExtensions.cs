using System.Diagnostics.CodeAnalysis;
using LlmMetrics.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics;

/// <summary>Maps the live page into a host's own routes.</summary>
public static class DashboardEndpointExtensions
{
    /// <summary>Shows the live page, its files and its data below one route.</summary>
    /// <param name="endpoints">The host's routes.</param>
    /// <param name="pattern">Route of the page.</param>
    /// <returns>The conventions of all its endpoints, for <c>RequireAuthorization()</c> and others.</returns>
    /// <exception cref="InvalidOperationException">
    /// <see cref="DashboardBuilderExtensions.AddDashboard"/> was not called.
    /// </exception>
    /// <remarks>
    /// The page tells models, agents, features, volumes and costs. Outside of the Development environment it answers
    /// 403 unless its route requires authorisation, the host has a fallback policy, or the route says
    /// <c>AllowAnonymous()</c>. It works below a path base and behind proxies: all its links are relative.
    /// </remarks>
    public static IEndpointConventionBuilder MapLlmDashboard(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/llm")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var services = endpoints.ServiceProvider;
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(PageHandler)) == false)
        {
            throw new InvalidOperationException(
                "MapLlmDashboard needs the page's services: call services.AddLlmMetrics().AddDashboard().");
        }

        // Routes are mapped before options are validated, so the handler, which reads them, is not made yet.
        var page = endpoints.MapGroup(pattern);
        Map(page, string.Empty, context => Handler(context).PageAsync(context));
        Map(page, "/files/{file}", context => Handler(context).FileAsync(context));
        Map(page, "/data", context => Handler(context).DataAsync(context));
        Map(page, "/metrics", context => Handler(context).MetricsAsync(context));
        return page.WithDisplayName("LlmMetrics page").DisableHttpMetrics().ExcludeFromDescription();
    }

    private static PageHandler Handler(HttpContext context) =>
        context.RequestServices.GetRequiredService<PageHandler>();

    private static void Map(IEndpointRouteBuilder page, string pattern, RequestDelegate handle) =>
        page.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], handle);
}
