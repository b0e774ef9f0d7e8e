using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Testing;

/// <summary>A Kestrel server on a loopback port of its own, for tests that want real HTTP.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private LoopbackServer(WebApplication app)
    {
        App = app;
        BaseAddress = new Uri(app.Urls.Single());
    }

    /// <summary>Gets the running application.</summary>
    public WebApplication App { get; }

    /// <summary>Gets the address, such as <c>http://127.0.0.1:49152/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Gets the port.</summary>
    public int Port => BaseAddress.Port;

    /// <summary>Starts an application whose routes and middleware <paramref name="configure"/> adds.</summary>
    /// <param name="configure">Adds routes and middleware.</param>
    /// <param name="build">Adds services, or null.</param>
    /// <param name="protocols">HTTP/1.1 by default; Http2 is HTTP/2 without TLS.</param>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <returns>The running server; dispose it.</returns>
    public static async Task<LoopbackServer> StartAsync(
        Action<WebApplication> configure,
        Action<WebApplicationBuilder>? build = null,
        HttpProtocols protocols = HttpProtocols.Http1,
        int port = 0)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = protocols);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        build?.Invoke(builder);
        var app = builder.Build();
        try
        {
            configure(app);
            await app.StartAsync();
            return new LoopbackServer(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server that answers every GET of <paramref name="path"/> with a fixed text.</summary>
    /// <param name="path">The path, such as <c>/metrics</c>.</param>
    /// <param name="contentType">The content type.</param>
    /// <param name="body">Called for each request.</param>
    /// <returns>The running server; dispose it.</returns>
    public static Task<LoopbackServer> ServeTextAsync(string path, string contentType, Func<string> body) =>
        StartAsync(app => app.MapGet(path, () => Microsoft.AspNetCore.Http.Results.Text(body(), contentType)));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => App.DisposeAsync();
}
