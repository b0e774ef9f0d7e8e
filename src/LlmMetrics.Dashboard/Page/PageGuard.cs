using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LlmMetrics.Page;

/// <summary>Keeps the page from being public by oversight.</summary>
internal sealed class PageGuard(IWebHostEnvironment environment)
{
    /// <summary>
    /// Whether somebody has decided who may see the page: by the route's own metadata or the host's fallback policy,
    /// or because this is a developer's machine.
    /// </summary>
    public async Task<bool> AllowsAsync(HttpContext context)
    {
        var route = context.GetEndpoint()?.Metadata;
        if (environment.IsDevelopment() || route?.GetMetadata<IAllowAnonymous>() is not null
            || route?.GetMetadata<IAuthorizeData>() is not null
            || route?.GetMetadata<AuthorizationPolicy>() is not null)
        {
            return true;
        }

        var policies = context.RequestServices.GetService<IAuthorizationPolicyProvider>();
        return policies is not null && await policies.GetFallbackPolicyAsync().ConfigureAwait(false) is not null;
    }
}
