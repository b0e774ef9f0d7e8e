using LlmMetrics.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LlmMetrics.Page;

/// <summary>A host with the page, on loopback.</summary>
internal static class PageServer
{
    public static Task<LoopbackServer> StartAsync(
        TimeProvider? time = null,
        Action<IEndpointConventionBuilder>? page = null,
        Action<WebApplicationBuilder>? build = null,
        string? pathBase = null,
        string environment = "Production") => LoopbackServer.StartAsync(
        app =>
        {
            if (pathBase is not null)
            {
                app.UsePathBase(pathBase);
                app.UseRouting();
            }

            (page ?? (static route => route.AllowAnonymous()))(app.MapLlmDashboard("/llm"));
        },
        builder =>
        {
            builder.Environment.EnvironmentName = environment;
            builder.Services.AddSingleton(time ?? TimeProvider.System);
            builder.Services.AddAuthentication();
            builder.Services.AddAuthorization();
            builder.Services.AddLlmMetrics(static options => options.ServiceName = "shop").AddDashboard();
            build?.Invoke(builder);
        });

    public static LlmMetricsRuntime Metrics(this LoopbackServer server) =>
        server.App.Services.GetRequiredService<LlmMetricsRuntime>();
}
