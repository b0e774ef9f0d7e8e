using Microsoft.Extensions.Configuration;
using Simulator;

namespace DemoKit;

/// <summary>
/// Providers on loopback, each on a port of its own, and the settings that lead the sample to them. Each shows what it
/// served at <c>/_ledger</c>.
/// </summary>
public sealed class SimulatedProviders : IAsyncDisposable
{
    private readonly List<ProviderSimulator> _simulators = [];

    private SimulatedProviders()
    {
    }

    /// <summary>Starts them if the options ask for a demo, and points the configuration at them.</summary>
    /// <param name="options">Whether, and how fast.</param>
    /// <param name="configuration">Gets <c>Providers:{name}:BaseUrl</c>.</param>
    /// <param name="providers">Name, formats and the path of the API of each.</param>
    public static async Task<SimulatedProviders> StartAsync(
        DemoOptions options, IConfigurationBuilder configuration,
        params (string Name, SimulatedProvider Formats, string Path)[] providers)
    {
        var running = new SimulatedProviders();
        var settings = new Dictionary<string, string?>();
        foreach (var (name, formats, path) in options.Demo ? providers : [])
        {
            var simulator = await ProviderSimulator.StartAsync(
                new SimulatorOptions { Provider = formats, Speed = options.Speed, Faults = FaultsOf(formats) });
            running._simulators.Add(simulator);
            settings[$"Providers:{name}:BaseUrl"] = new Uri(simulator.Root, path).ToString();
            Console.WriteLine($"provider {name}: simulated at {simulator.Root}, ledger at {simulator.Root}_ledger");
        }

        configuration.AddInMemoryCollection(settings);
        return running;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var simulator in _simulators)
        {
            await simulator.DisposeAsync();
        }
    }

    /// <summary>A few refusals and failures, so that no error panel stays empty.</summary>
    private static FaultRates FaultsOf(SimulatedProvider formats) =>
        formats is SimulatedProvider.ElevenLabs or SimulatedProvider.Deepgram
            ? new FaultRates { RateLimited = 0.02 }
            : new FaultRates { ServerError = 0.03, RateLimited = 0.05, Slow = 0.02 };
}
