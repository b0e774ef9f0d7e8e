using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tests.Budgets;

public sealed class BudgetFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("budgets").FullName;
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 6, 0, 0, TimeSpan.Zero));
    private readonly BudgetLog _log = new();

    private string Path => System.IO.Path.Combine(_folder, "state", "budgets.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Create_AfterARestart_GoesOnFromTheFileAndTellsNothingAgain()
    {
        using (var first = Create())
        {
            Call(first, 8.5, "acme");
            first.Record(new LlmCall { RequestModel = "m", Tenant = "acme" });
            await _log.WaitForAsync(1);
        }

        using (var second = Create())
        {
            var spent = second.GetBudgets().ToDictionary(static status => status.Budget);
            Assert.Equal((8.5, 1L), (spent["daily"].SpentUsd, spent["daily"].UnpricedCalls));
            Assert.Equal(("acme", 8.5), (spent["tenants"].Value, spent["tenants"].SpentUsd));
            Call(second, 0.5, "acme");
            Assert.Equal(9, second.GetSnapshot().Sum("llm.budget.spent.usd", ("budget", "daily")));
            Call(second, 2, "acme");
            await _log.WaitForAsync(2);
        }

        _time.Advance(TimeSpan.FromDays(1));
        using var third = Create();
        Assert.Equal(0, third.GetBudgets().Single().SpentUsd);
        Assert.Equal([0.8, 1], _log.Crossings.Select(static crossing => crossing.Threshold));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }
    }

    [Fact]
    public async Task Record_TwoRuntimesThatShareTheFile_HaveTheBudgetInCommon()
    {
        using var one = Create();
        using var other = Create();

        Call(one, 5);
        _time.Advance(TimeSpan.FromSeconds(11));
        await UntilAsync(() => File.ReadAllText(Path).Contains("\"spent_usd\": 5", StringComparison.Ordinal));
        Call(other, 2);
        _time.Advance(TimeSpan.FromSeconds(11));
        await UntilAsync(() => Spent(one) == 7 || Advance());
        await UntilAsync(() => Spent(other) == 7 || Advance());

        // Neither has spent 8 dollars by itself, and only one of them tells.
        Call(one, 1);
        await UntilAsync(() => _log.Crossings.Count > 0 || Advance());
        await UntilAsync(() => Spent(other) == 8 || Advance());
        Advance();
        await Task.Delay(50);
        Assert.Equal(0.8, Assert.Single(_log.Crossings).Threshold);
    }

    [Fact]
    public async Task Record_ManyRuntimesAtOnce_LoseNothing()
    {
        var runtimes = Enumerable.Range(0, 4).Select(_ => Create(1e6)).ToArray();

        await Task.WhenAll(runtimes.Select(runtime => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                Call(runtime, 0.25);
            }

            await runtime.DisposeAsync();
        })));

        using var last = Create(1e6);
        Assert.Equal(500, Spent(last));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"version\":1,\"budgets\":[{\"budget\":\"daily\",\"val")]
    [InlineData("{\"version\":2,\"budgets\":[]}")]
    [InlineData("[]")]
    [InlineData("{\"version\":1,\"budgets\":[{\"budget\":\"daily\",\"value\":null,\"start\":\"2026-11-25T00:00:00Z\","
        + "\"spent_usd\":-5,\"unpriced_calls\":0,\"crossed\":[]}]}")]
    [InlineData("{\"version\":1,\"budgets\":[{\"budget\":7,\"value\":null,\"start\":\"yesterday\"}]}")]
    [InlineData("{\"version\":1,\"budgets\":[{\"budget\":\"daily\",\"value\":null,\"start\":\"2026-11-25T00:00:00Z\","
        + "\"spent_usd\":1e999,\"unpriced_calls\":0,\"crossed\":[]}]}")]
    public void Create_FileIsNoState_IsSetAsideAndCounted(string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, text);

        using (var runtime = Create())
        {
            Call(runtime, 2);
            Assert.Equal(1, runtime.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "budget_state")));
        }

        Assert.Equal(text, File.ReadAllText(Path + ".corrupt"));
        using var next = Create();
        Assert.Equal(2, Spent(next));
    }

    [Fact]
    public async Task Record_FileCannotBeWritten_BudgetsGoOnAndCatchUp()
    {
        Directory.CreateDirectory(Path);
        using (var runtime = Create())
        {
            Call(runtime, 9);
            await _log.WaitForAsync(1);
            Assert.Equal(9, Spent(runtime));
            Assert.True(runtime.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "budget_state")) >= 1);
            Directory.Delete(Path);
            Call(runtime, 2);
        }

        using var next = Create();
        Assert.Equal(11, Spent(next));
        await _log.WaitForAsync(2);
        Assert.Equal([0.8, 1], _log.Crossings.Select(static crossing => crossing.Threshold));
    }

    [Fact]
    public void Create_CrashLeftItsFilesBehind_TakesTheLastWholeState()
    {
        using (var runtime = Create())
        {
            Call(runtime, 3);
        }

        File.WriteAllText(Path + ".tmp", "{\"version\":1,\"bud");

        using var next = Create();
        Assert.Equal(3, Spent(next));
    }

    private static void Call(LlmMetricsRuntime runtime, double usd, string? tenant = null) => runtime.Record(
        new LlmCall { RequestModel = "m", InputTokens = 1, OutputTokens = 1, CostUsd = usd, Tenant = tenant });

    private static double Spent(LlmMetricsRuntime runtime) =>
        runtime.GetBudgets().Single(static status => status.Budget == "daily").SpentUsd;

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var i = 0; !isSo(); i++)
        {
            Assert.True(i < 1000, "It has not come to pass.");
            await Task.Delay(10);
        }
    }

    private bool Advance()
    {
        _time.Advance(TimeSpan.FromSeconds(11));
        return false;
    }

    private LlmMetricsRuntime Create(double limit = 10) => RuntimeBuilder.Create(
        options => options.BudgetStateFile = Path,
        builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_time);
            builder.Services.AddSingleton<IBudgetObserver>(_log);
            builder.AddBudget("daily", limit).AddBudget("tenants", 1000, static b => b.Per = BudgetScope.Tenant);
        });
}
