using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Quickstart;
using Quickstart.Workload;
using Simulator;

namespace LlmMetrics.EndToEnd.Tests;

/// <summary>The Quickstart's own host in this process, after its requests: its figures stand still.</summary>
public sealed class RunningQuickstart : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quickstart-e2e");
    private ProviderSimulator? _simulator;
    private WebApplication? _app;

    public LlmMetricsRuntime Metrics => _app!.Services.GetRequiredService<LlmMetricsRuntime>();

    public Uri MetricsAddress => new(new Uri(_app!.Urls.First()), "/metrics");

    public ProviderSimulator Simulator => _simulator!;

    public string Folder => _folder.FullName;

    /// <summary>Where OTLP goes; set before <see cref="InitializeAsync"/>.</summary>
    public Uri? Otlp { get; set; }

    public async Task InitializeAsync()
    {
        var options = new QuickstartOptions { Requests = 100, Port = 0, Folder = Folder, Otlp = Otlp };
        _simulator = await ProviderSimulator.StartAsync(
            new SimulatorOptions { Seed = options.Seed, Speed = 1000, Faults = FaultRates.Realistic });
        _app = MeasuredHost.Build(options, _simulator.BaseAddress);
        await _app.StartAsync();
        var clients = _app.Services.GetRequiredService<ModelClients>();
        await new Driver(Metrics, clients).RunAsync(options, CancellationToken.None);
        await _simulator.Ledger.WhenIdleAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (_simulator is not null)
        {
            await _simulator.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Reads a page as a scraper that accepts this does.</summary>
    public async Task<string> ScrapeAsync(string accept)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);
        return await client.GetStringAsync(MetricsAddress);
    }
}
