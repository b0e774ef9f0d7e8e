using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Tests.Http;

/// <summary>A real server on loopback that writes a body in planned pieces, each flushed.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app, Version version)
    {
        _app = app;
        Version = version;
    }

    public Version Version { get; }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Starts the server; with a certificate it speaks TLS, which HTTP/3 must.</summary>
    public static async Task<LoopbackServer> StartAsync(
        Version version, RequestDelegate answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration().UseQuic();
        }

        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = version.Major switch
            {
                3 => HttpProtocols.Http3,
                2 => HttpProtocols.Http2,
                _ => HttpProtocols.Http1,
            };
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new LoopbackServer(app, version);
    }

    /// <summary>Writes the body in pieces; a negative <paramref name="abortAt"/> lets it come to its end.</summary>
    public static RequestDelegate Writing(byte[] body, ChunkPlan plan, string type, int abortAt = -1) =>
        context => WriteAsync(context, body, plan, type, abortAt);

    private static async Task WriteAsync(HttpContext context, byte[] body, ChunkPlan plan, string type, int abortAt)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Response.ContentType = type;
        var at = 0;
        foreach (var size in plan.Sizes())
        {
            var end = Math.Min(at + size, abortAt < 0 ? body.Length : abortAt);
            await context.Response.Body.WriteAsync(body.AsMemory(at, end - at));
            await context.Response.Body.FlushAsync();
            at = end;
            if (at == abortAt)
            {
                // What was written must leave first: an abort drops it, and the client would not even see headers.
                await Task.Delay(TimeSpan.FromMilliseconds(200));
                context.Abort();
            }

            if (at == abortAt || at == body.Length)
            {
                return;
            }
        }
    }

    public HttpRequestMessage Request() => new(HttpMethod.Post, new Uri(Address, "/v1/chat/completions"))
    {
        Content = new StringContent("""{"model":"asked","stream":true}"""),
        Version = Version,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
