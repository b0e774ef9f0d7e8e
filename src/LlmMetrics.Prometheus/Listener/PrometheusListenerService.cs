using System.Globalization;
using System.Net;
using LlmMetrics.Configuration;
using LlmMetrics.Endpoint;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Listener;

/// <summary>Runs a Kestrel of its own beside whatever the host runs, without hosting, configuration or logs.</summary>
internal sealed class PrometheusListenerService(
    IServiceProvider services,
    PrometheusListener listener,
    ILoggerFactory loggers,
    TimeProvider time) : IHostedService, IDisposable
{
    private const int MaxConnections = 128;

    private static readonly TimeSpan _shutdown = TimeSpan.FromSeconds(2);

    private readonly ILogger _logger = loggers.CreateLogger("LlmMetrics.Prometheus");
    private KestrelServer? _server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Not in the constructor: hosts make their services before they validate options, and then report one error.
        var options = services.GetRequiredService<IOptions<PrometheusListenerOptions>>().Value;
        var handler = services.GetRequiredService<ScrapeHandler>();
        var address = PrometheusListenerOptionsValidator.ParseHost(options.Host) ?? IPAddress.Loopback;
        var server = CreateServer(address, options.Port);
        try
        {
            await server.StartAsync(
                new ListenerApplication(handler, new PathString(options.PathBase)), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            server.Dispose();
            throw new InvalidOperationException(CannotListen(options), exception);
        }

        _server = server;
        listener.Addresses = [.. server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []];
        foreach (var bound in listener.Addresses)
        {
            Log.Listening(_logger, bound + options.PathBase);
            if (!handler.IsTokenRequired && !IPAddress.IsLoopback(address))
            {
                Log.Open(_logger, bound + options.PathBase);
            }
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _server, null) is not { } server)
        {
            return;
        }

        // A scraper that reads slowly must not hold up the host's shutdown: its connection is cut.
        using var deadline = new CancellationTokenSource(_shutdown, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await server.StopAsync(either.Token).ConfigureAwait(false);
        server.Dispose();
        listener.Addresses = [];
    }

    public void Dispose() => Interlocked.Exchange(ref _server, null)?.Dispose();

    private static string CannotListen(PrometheusListenerOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{PrometheusOptions.Section}:Port is {options.Port}, but {options.Host}:{options.Port} cannot be used, ")
        + $"likely because another process does. Choose a free port from 1 to {IPEndPoint.MaxPort}, or 0 for any; the "
        + $"address is {PrometheusOptions.Section}:Host.";

    private static KestrelServer CreateServer(IPAddress address, int port)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.MaxRequestBodySize = 0;
        if (address.Equals(IPAddress.IPv6Any))
        {
            kestrel.ListenAnyIP(port);
        }
        else
        {
            kestrel.Listen(address, port);
        }

        var quiet = NullLoggerFactory.Instance;
        return new KestrelServer(
            Options.Create(kestrel),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), quiet),
            quiet);
    }
}
