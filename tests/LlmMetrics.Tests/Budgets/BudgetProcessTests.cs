namespace LlmMetrics.Tests.Budgets;

public sealed class BudgetProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("budgets").FullName;

    private string File => Path.Combine(_folder, "budgets.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Record_ThreeProcesses_LoseNothing()
    {
        var processes = Enumerable.Range(0, 3).Select(_ => BudgetProcess.Start(File, 400)).ToArray();
        foreach (var process in processes)
        {
            using (process)
            {
                var errors = await process.StandardError.ReadToEndAsync();
                await process.WaitForExitAsync();
                Assert.True(process.ExitCode == 0, errors);
            }
        }

        using var runtime = BudgetProcess.Create(File);
        Assert.Equal(3 * 400 * BudgetProcess.Step, runtime.GetBudgets().Single().SpentUsd);
    }

    [Fact]
    public async Task Record_ProcessIsKilled_LeavesAStateThatIsWhole()
    {
        var before = 0.0;
        for (var i = 0; i < 4; i++)
        {
            using (var process = BudgetProcess.Start(File, calls: null))
            {
                await process.StandardOutput.ReadLineAsync();

                // The last one may write at least once.
                await Task.Delay(20 * i);
                for (var wait = 0; i == 3 && wait < 1000 && !HasSpent(); wait++)
                {
                    await Task.Delay(20);
                }

                process.Kill();
                await process.WaitForExitAsync();
            }

            using var runtime = BudgetProcess.Create(File);
            var after = runtime.GetBudgets().Single().SpentUsd;
            Assert.True(after >= before, $"{before} before, {after} after");
            Assert.Equal(double.NaN, runtime.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "budget_state")));
            before = after;
        }

        Assert.True(before > 0, "nothing was written");
        Assert.False(System.IO.File.Exists(File + ".corrupt"));
    }

    private bool HasSpent() => System.IO.File.Exists(File)
        && !System.IO.File.ReadAllText(File).Contains("\"spent_usd\": 0,", StringComparison.Ordinal);
}
