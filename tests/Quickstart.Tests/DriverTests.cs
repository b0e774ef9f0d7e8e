using LlmMetrics;
using Microsoft.Extensions.DependencyInjection;
using Quickstart.Report;
using Quickstart.Workload;
using Simulator;

namespace Quickstart.Tests;

public sealed class DriverTests
{
    private const int Requests = 200;
    private const int Workflows = 10;

    [Fact]
    public async Task RunAsync_DefaultRun_MeetsEveryKindOfEnd()
    {
        var (result, ledger, _) = await RunAsync();

        Assert.Equal(Requests + Workflows, result.Answered + result.Left + result.Failed);
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
    public async Task RunAsync_DefaultRun_IsMeasuredAsTheLedgerHasIt()
    {
        var (_, ledger, measured) = await RunAsync();

        var served = LedgerRows.From(ledger.Totals);
        Assert.Empty(LedgerRows.Differences(measured.Calls, served));
        Assert.All(
            served.Where(static row => row.InputTokens > 0 && row.Model != WorkPlan.UnpricedModel),
            static row => Assert.True(row.Cost > 0, $"{row.Model} has no list price."));
        Assert.Contains(measured.Calls, static row => row.Cost > 0);
        Assert.All(
            measured.Calls.Where(static row => row.Model == WorkPlan.UnpricedModel),
            static row => Assert.Null(row.Cost));
        Assert.All(measured.Calls.Where(static row => row.Ok > 0), static row => Assert.True(row.P95 >= row.P50));
    }

    [Fact]
    public async Task RunAsync_Workflows_AreAttributedToTheirAgents()
    {
        var (_, _, measured) = await RunAsync();

        Assert.Equal(["planner", "researcher", "writer"], measured.Agents.Select(static agent => agent.Agent));
        Assert.All(measured.Agents, static agent => Assert.True(agent.Calls >= agent.Runs));
        Assert.Equal(Workflows, measured.Agents.Single(static agent => agent.Agent == "planner").Runs);
    }

    private static async Task<(WorkResult Result, Ledger Ledger, MeasuredRows Measured)> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("quickstart");
        var options = new QuickstartOptions { Requests = Requests, Port = 0, Folder = folder.FullName };
        try
        {
            await using var simulator = await ProviderSimulator.StartAsync(new SimulatorOptions
            {
                Seed = options.Seed,
                Speed = 1000,
                Faults = FaultRates.Realistic,
            });
            await using var app = MeasuredHost.Build(options, simulator.BaseAddress);
            await app.StartAsync();
            var metrics = app.Services.GetRequiredService<LlmMetricsRuntime>();
            var driver = new Driver(metrics, app.Services.GetRequiredService<ModelClients>());
            var result = await driver.RunAsync(options, CancellationToken.None);
            await simulator.Ledger.WhenIdleAsync().WaitAsync(TimeSpan.FromSeconds(30));
            var measured = MeasuredRows.From(metrics.GetSnapshot());
            await app.StopAsync();
            return (result, simulator.Ledger, measured);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
