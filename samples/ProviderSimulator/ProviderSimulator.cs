using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Simulator.Http;

namespace Simulator;

/// <summary>
/// A provider on 127.0.0.1 that speaks OpenAI's HTTP API over real sockets and keeps a ledger of what it served.
/// It knows nothing of the code that measures it.
/// </summary>
public sealed class ProviderSimulator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping;
    private int _disposed;

    private ProviderSimulator(WebApplication app, Ledger ledger, CancellationTokenSource stopping)
    {
        _app = app;
        _stopping = stopping;
        Ledger = ledger;
        var addresses = app.Urls.Select(static url => new Uri(url)).ToArray();
        Root = addresses[0];
        BaseAddress = new Uri(Root, "v1/");
        Http2BaseAddress = addresses.Length > 1 ? new Uri(addresses[1], "v1/") : null;
    }

    /// <summary>Address of the HTTP/1.1 listener, without a path.</summary>
    public Uri Root { get; }

    /// <summary>Base address for an OpenAI client: <see cref="Root"/> and <c>v1/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Base address that speaks HTTP/2 without TLS; null unless it was asked for.</summary>
    public Uri? Http2BaseAddress { get; }

    /// <summary>What was served so far.</summary>
    public Ledger Ledger { get; }

    /// <summary>Starts a simulator, which listens when the task completes.</summary>
    /// <param name="options">Its behaviour; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static async Task<ProviderSimulator> StartAsync(
        SimulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SimulatorOptions();
        options.Validate(nameof(options));
        var ledger = new Ledger(options.LedgerCapacity, options.TimeProvider);
        var stopping = new CancellationTokenSource();

        // The empty builder reads no files or environment: ASPNETCORE_URLS of the host must not move the simulator.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();
        app.Run(new Dispatcher(options, ledger, stopping.Token).HandleAsync);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            stopping.Dispose();
            throw;
        }

        return new ProviderSimulator(app, ledger, stopping);
    }

    /// <summary>Stops listening and cuts what is still being served.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private static void Listen(KestrelServerOptions kestrel, SimulatorOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(IPAddress.Loopback, options.Port, static l => l.Protocols = HttpProtocols.Http1);
        if (options.Http2)
        {
            // Without TLS a listener can't negotiate, so HTTP/2 needs one of its own.
            kestrel.Listen(IPAddress.Loopback, 0, static l => l.Protocols = HttpProtocols.Http2);
        }
    }
}
