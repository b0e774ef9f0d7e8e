using LlmMetrics.Budgets;
using LlmMetrics.Collection;
using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmMetrics.Tests.Budgets;

public sealed class BudgetFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("budgets").FullName;
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 6, 0, 0, TimeSpan.Zero));
    private readonly BudgetLog _log = new();

    private string Path => System.IO.Path.Combine(_folder, "state", "budgets.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Update_MorePeriodsThanAreKept_ForgetsTheOldest()
    {
        var now = _time.GetUtcNow();
        var file = new BudgetFile(Path, new SelfDiagnostics(NullLogger.Instance, _time));

        file.Update(now, entries =>
        {
            for (var i = 0; i < 10_001; i++)
            {
                entries.Add(new BudgetEntry("tenants", $"t{i}", now.AddMinutes(i - 10_000)) { Spent = i });
            }

            return true;
        });

        var kept = new List<BudgetEntry>();
        file.Update(now, entries =>
        {
            kept.AddRange(entries);
            return false;
        });
        Assert.Equal(10_000, kept.Count);
        Assert.Contains(kept, static entry => entry.Value == "t10000");
        Assert.DoesNotContain(kept, static entry => entry.Value == "t0");
    }

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

    [Fact]
    public void Create_FileIsFullOfThePast_KeepsThePresent()
    {
        Write("tenants", "2026-11-24", 10_000);
        using (var runtime = Create())
        {
            Call(runtime, 3);
        }

        using var next = Create();
        Assert.Equal(3, Spent(next));
        Assert.Equal(double.NaN, next.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "budget_state")));
    }

    [Fact]
    public void Create_FileIsFullOfThePast_KeepsTheMonthThatBeganBefore()
    {
        Write("tenants", "2026-11-24", 10_000);
        using (var runtime = Create(period: BudgetPeriod.Monthly))
        {
            Call(runtime, 3);
        }

        using var next = Create(period: BudgetPeriod.Monthly);
        Assert.Equal(3, Spent(next));
    }

    [Fact]
    public void Record_TenantWithoutBudgetCallsAgain_EachCallIsCounted()
    {
        Write("tenants", "2026-11-25", 1000);
        using var runtime = Create();

        for (var i = 0; i < 5; i++)
        {
            Call(runtime, 1, "acme");
        }

        Assert.Equal(5, runtime.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "too_many_budgets")));
    }

    [Fact]
    public void Update_PeriodsLongOver_AreDropped()
    {
        Write("tenants", "2026-11-22", 10);
        using (var runtime = Create())
        {
            Call(runtime, 3);
        }

        Assert.DoesNotContain("2026-11-22", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Update_MoreOfThePresentThanTheFileHolds_KeepsItsOwnAndCountsTheRestOnce()
    {
        Write("of another app", "2026-11-25", 10_050);
        using (var runtime = Create())
        {
            Call(runtime, 3);
            _time.Advance(TimeSpan.FromSeconds(11));
            Assert.Equal(51, runtime.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "budget_state")));
        }

        using var next = Create();
        Assert.Equal(3, Spent(next));
    }

    [Fact]
    public async Task GetBudgets_AnotherProcessHoldsTheFileAsPeriodsEnd_DoesNotWait()
    {
        using var runtime = Create();
        Call(runtime, 3);
        var start = Environment.TickCount64;
        await using (new FileStream(Path + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            // Who waited for the file would do so for two seconds each time.
            for (var day = 0; day < 5; day++)
            {
                _time.Advance(TimeSpan.FromDays(1));
                Assert.Equal(0, Spent(runtime));
                Assert.Equal(0, runtime.GetSnapshot().Sum("llm.budget.spent.usd", ("budget", "daily")));
                Call(runtime, 2);
            }

            Assert.InRange(Environment.TickCount64 - start, 0, 6000);
        }

        // What was spent meanwhile is in the file later, in its own period.
        await UntilAsync(() => Advance() || File.ReadAllText(Path).Contains(
            "\"start\": \"2026-11-30", StringComparison.Ordinal));
        Assert.Equal(2, Spent(runtime));
    }

    [Fact]
    public async Task Dispose_ScrapedOnceMore_WritesNothingAnymore()
    {
        var runtime = Create();
        await runtime.DisposeAsync();
        var written = File.GetLastWriteTimeUtc(Path);

        _time.Advance(TimeSpan.FromDays(1));
        _ = runtime.GetBudgets();
        Call(runtime, 50);
        await Task.Delay(100);

        Assert.Equal(written, File.GetLastWriteTimeUtc(Path));
    }

    private static void Call(LlmMetricsRuntime runtime, double usd, string? tenant = null) => runtime.Record(
        new LlmCall { RequestModel = "m", InputTokens = 1, OutputTokens = 1, CostUsd = usd, Tenant = tenant });

    private static double Spent(LlmMetricsRuntime runtime) =>
        runtime.GetBudgets().Single(static status => status.Budget == "daily").SpentUsd;

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var i = 0; !isSo(); i++)
        {
            Assert.True(i < 3000, "It has not come to pass.");
            await Task.Delay(10);
        }
    }

    /// <summary>Writes a state with many entries of one budget and day.</summary>
    private void Write(string budget, string day, int count)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, $$"""{"version":1,"budgets":[{{string.Join(',', Enumerable.Range(0, count).Select(i =>
            $"{{\"budget\":\"{budget}\",\"value\":\"v{i}\",\"start\":\"{day}T00:00:00Z\",\"spent_usd\":1,"
            + "\"unpriced_calls\":0,\"crossed\":[]}"))}} ] }""");
    }

    private bool Advance()
    {
        _time.Advance(TimeSpan.FromSeconds(11));
        return false;
    }

    private LlmMetricsRuntime Create(
        double limit = 10, BudgetPeriod period = BudgetPeriod.Daily) => RuntimeBuilder.Create(
        options => options.BudgetStateFile = Path,
        builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_time);
            builder.Services.AddSingleton<IBudgetObserver>(_log);
            builder.AddBudget("daily", limit, budget => budget.Period = period)
                .AddBudget("tenants", 1000, static b => b.Per = BudgetScope.Tenant);
        });
}
