using BrowserAgent;
using DemoKit;
using LlmMetrics.Testing;
using Npgsql;
using Samples.Tests.Running;
using Simulator;

namespace Samples.Tests;

/// <summary>Samples with settings of the operator's instead of what a demo brings along.</summary>
public sealed class ConfiguredTests
{
    [SkippableFact]
    public async Task ExpertApi_ConnectionString_IsTheDatabaseThatIsUsed()
    {
        Skip.IfNot(LocalPostgres.IsInstalled, "PostgreSQL is missing: tests/run.sh fetches it on Debian");
        await using var database = (await LocalPostgres.StartAsync())!;
        await using var process = SampleProcess.Start(
            "ExpertApi", ["--demo", "--exit", "--rounds", "1", "--speed", "100", "--urls", "http://127.0.0.1:0"],
            new Dictionary<string, string?>
            {
                ["ConnectionStrings__Expert"] = database.ConnectionString,
                ["PostgreSql__Programs"] = "/nowhere",
            });

        Assert.True(await process.WaitForExitAsync() == 0, process.Output + process.Error);

        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        foreach (var table in new[] { "documents", "questions", "payments" })
        {
            await using var command = source.CreateCommand($"SELECT count(*) FROM {table}");
            Assert.True((long)(await command.ExecuteScalarAsync())! > 0, table);
        }
    }

    [Fact]
    public async Task BrowserAgent_GaianetVariables_AreItsNodeKeyAndModels()
    {
        await using var simulator = await ProviderSimulator.StartAsync(
            new SimulatorOptions { Provider = SimulatedProvider.Gaianet, Speed = 100 });
        await using var node = await RecordingProxy.StartAsync(simulator.Root);
        await using var process = SampleProcess.Start(
            "BrowserAgent", ["--urls", "http://127.0.0.1:0"], new Dictionary<string, string?>
            {
                ["OTEL_SDK_DISABLED"] = "true",
                ["GAIANET_NODE_URL"] = node.Address.ToString(),
                ["GAIANET_API_KEY"] = "a-key-of-the-operators",
                ["GAIANET_TEXT_MODEL_SMALL"] = "llama-small",
                ["GAIANET_TEXT_MODEL_LARGE"] = "llama-large",
                ["GAIANET_EMBEDDINGS_MODEL"] = "nomic-own",
            });
        var address = new Uri((await process.WaitForLineAsync("app: ")).Split(' ')[1]);

        await new DemoBrowsers(address).RunAsync(0, CancellationToken.None);

        Assert.All(
            node.Requests, static request => Assert.Equal("Bearer a-key-of-the-operators", request.Authorization));
        Assert.Equal(
            ["llama-large", "llama-small", "nomic-own"],
            simulator.Ledger.Entries.Select(static entry => entry.RequestedModel).Distinct().Order());
    }
}
