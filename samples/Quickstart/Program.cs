using LlmMetrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quickstart;
using Quickstart.Report;
using Quickstart.Workload;
using Simulator;

var (options, problem) = QuickstartOptions.Parse(args, Environment.GetEnvironmentVariable);
if (problem is not null || options.ShowHelp)
{
    await (problem is null ? Console.Out : Console.Error).WriteLineAsync(
        problem is null ? QuickstartOptions.Help : $"{problem}\n\n{QuickstartOptions.Help}");
    return problem is null ? ExitCodes.Fine : ExitCodes.WrongArguments;
}

await using var simulator = options.Provider is null
    ? await ProviderSimulator.StartAsync(
        new SimulatorOptions { Seed = options.Seed, Speed = options.Speed, Faults = FaultRates.Realistic })
    : null;
await using var app = MeasuredHost.Build(options, simulator?.BaseAddress ?? options.Provider!);
try
{
    await app.StartAsync();
}
catch (IOException error)
{
    await Console.Error.WriteLineAsync($"{error.Message} Choose another port with --port.");
    return ExitCodes.WrongArguments;
}

var print = new Printer(Printer.CreateConsole());
print.Start(options, simulator?.BaseAddress);
var exitCode = ExitCodes.Fine;
try
{
    var stopping = app.Lifetime.ApplicationStopping;
    var metrics = app.Services.GetRequiredService<LlmMetricsRuntime>();
    using var clients = app.Services.GetRequiredService<ModelClients>();
    var sent = await new Driver(metrics, clients).RunAsync(options, stopping);
    await (simulator?.Ledger.WhenIdleAsync(stopping) ?? Task.CompletedTask);

    // What was measured comes from the snapshot alone; the simulator's ledger is the independent judge.
    var measured = MeasuredRows.From(metrics.GetSnapshot());
    var differences = simulator is null
        ? null
        : LedgerRows.Differences(measured.Calls, LedgerRows.From(simulator.Ledger.Totals));
    print.Measured(sent, measured, differences);
    exitCode = differences is { Count: > 0 } ? ExitCodes.Differs : ExitCodes.Fine;

    await metrics.ExportAsync(stopping);
    print.Addresses(options, app.Urls.First());
    if (!options.Exit)
    {
        await app.WaitForShutdownAsync();
    }
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Interrupted: nothing was compared.");
    exitCode = ExitCodes.Interrupted;
}

// Ends the exporters after a last export: JSON file, OTLP and our own.
await app.StopAsync();
return exitCode;
