using LlmMetrics.Endpoint;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LlmMetrics.Listener;

/// <summary>The whole application on the listener's port: no hosting, so it is not measured or traced itself.</summary>
internal sealed class ListenerApplication(ScrapeHandler handler, PathString pathBase) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(pathBase, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            path = rest;
        }

        if (path.Value is not ("" or "/" or "/metrics"))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            return handler.HandleAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = "GET, HEAD";
        return Task.CompletedTask;
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }
}
