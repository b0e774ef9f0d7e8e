using Quickstart;
using Quickstart.Report;
using Quickstart.Workload;
using Simulator;
using Spectre.Console;

var (options, problem) = QuickstartOptions.Parse(args, Environment.GetEnvironmentVariable);
if (problem is not null || options.ShowHelp)
{
    await (problem is null ? Console.Out : Console.Error).WriteLineAsync(
        problem is null ? QuickstartOptions.Help : $"{problem}\n\n{QuickstartOptions.Help}");
    return problem is null ? 0 : 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

await using var simulator = options.Provider is null
    ? await ProviderSimulator.StartAsync(
        new SimulatorOptions { Seed = options.Seed, Speed = options.Speed, Faults = FaultRates.Realistic }, stop.Token)
    : null;

// The measuring handler goes here: instrument puts it before the sockets.
using var clients = new ModelClients(
    simulator?.BaseAddress ?? options.Provider!, options.ApiKey, simulator is not null, static inner => inner);
var result = await new Driver(clients).RunAsync(WorkPlan.Create(options.Requests), options.Parallel, stop.Token);
Console.WriteLine($"{result.Answered} answered, {result.Left} left midway, {result.Failed} failed for good.");
if (simulator is not null)
{
    await simulator.Ledger.WhenIdleAsync(stop.Token);
    CallTable.Print(AnsiConsole.Console, LedgerRows.From(simulator.Ledger.Totals));
}

return 0;
