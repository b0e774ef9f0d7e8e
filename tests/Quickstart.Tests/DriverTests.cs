using Quickstart.Workload;
using Simulator;

namespace Quickstart.Tests;

public sealed class DriverTests
{
    private const int Requests = 200;

    [Fact]
    public async Task RunAsync_DefaultRun_MeetsEveryKindOfEnd()
    {
        var (result, ledger, _) = await RunAsync();

        Assert.Equal(Requests, result.Answered + result.Left + result.Failed);
        Assert.True(ledger.Begun > Requests, "The official client retries, so there are more calls than requests.");
        Assert.All(
            Enum.GetValues<LedgerOutcome>(),
            outcome => Assert.Contains(ledger.Entries, entry => entry.Outcome == outcome));
        Assert.Contains(ledger.Entries, static entry => entry.RateLimited);
        Assert.Contains(ledger.Entries, static entry => entry.Status == 500);
        Assert.Contains(ledger.Entries, static entry => entry.CachedTokens > 0);
        Assert.Contains(ledger.Entries, static entry => entry.ReasoningTokens > 0);
    }

    [Fact]
    public async Task RunAsync_StreamsLeftMidway_AreExactlyTheLedgersClientGone()
    {
        var (result, ledger, _) = await RunAsync();

        Assert.True(result.Left > 0);
        Assert.Equal(
            result.Left, ledger.Entries.Count(static entry => entry.Outcome == LedgerOutcome.ClientGone));
    }

    [Fact]
    public async Task RunAsync_EveryCall_PassesTheInstrumentedPipeline()
    {
        var (_, ledger, counted) = await RunAsync();

        Assert.Equal(ledger.Begun, counted);
    }

    private static async Task<(WorkResult Result, Ledger Ledger, long Counted)> RunAsync()
    {
        await using var simulator = await ProviderSimulator.StartAsync(new SimulatorOptions
        {
            Seed = new QuickstartOptions().Seed,
            Speed = 1000,
            Faults = FaultRates.Realistic,
        });
        CountingHandler? counter = null;
        using var clients = new ModelClients(
            simulator.BaseAddress,
            apiKey: string.Empty,
            simulated: true,
            inner => counter = new CountingHandler(inner));
        var result = await new Driver(clients).RunAsync(WorkPlan.Create(Requests), 16, CancellationToken.None);
        await simulator.Ledger.WhenIdleAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return (result, simulator.Ledger, counter!.Calls);
    }

    private sealed class CountingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private long _calls;

        public long Calls => Interlocked.Read(ref _calls);

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
