using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Tests.Budgets;

public sealed class BudgetTests
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 6, 0, 0, TimeSpan.Zero));
    private readonly BudgetLog _log = new();

    [Fact]
    public void Record_CallsWithCost_AreShownAsGauges()
    {
        using var runtime = Create(static builder => builder.AddBudget("daily", 10));
        Assert.Equal(0, runtime.GetSnapshot().Sum("llm.budget.spent.usd", ("budget", "daily")));

        Call(runtime, 2);
        Call(runtime, 3);
        runtime.Record(new LlmCall { RequestModel = "nobody knows its price", InputTokens = 5 });
        runtime.Record(new LlmCall { RequestModel = "m" });
        runtime.Record(new LlmCall { RequestModel = "m", Outcome = LlmOutcome.Error, ErrorType = "500" });

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(10, snapshot.Sum("llm.budget.limit.usd", ("budget", "daily")));
        Assert.Equal(5, snapshot.Sum("llm.budget.spent.usd", ("budget", "daily")));
        Assert.Equal(5, snapshot.Sum("llm.budget.remaining.usd", ("budget", "daily")));

        // A quarter of the day is past, half of the money is spent.
        Assert.Equal(2, snapshot.Sum("llm.budget.burn_rate", ("budget", "daily")), 9);

        // What is spent is a lower bound: two calls cost nobody knows what.
        Assert.Equal(2, snapshot.Sum("llm.budget.unpriced", ("budget", "daily")));
        Assert.Equal(5, snapshot.Sum("shop.llm.budget.spent.usd"));
        Call(runtime, 7);
        Assert.Equal(-2, runtime.GetSnapshot().Sum("llm.budget.remaining.usd"));
    }

    [Fact]
    public void Record_AnswersFromTheAppsOwnCache_SpendNothingAndLackNothing()
    {
        using var runtime = Create(static builder => builder.AddBudget("daily", 10));

        foreach (var source in new[] { UsageSource.Provider, UsageSource.Estimated, UsageSource.None })
        {
            runtime.Record(new LlmCall
            {
                RequestModel = "gpt-4o", Provider = "openai", Cache = CacheResult.Hit, UsageSource = source,
                InputTokens = 1000, OutputTokens = 1000,
            });
        }

        runtime.Record(new LlmCall { RequestModel = "nobody knows its price", Cache = CacheResult.Hit });

        var budget = runtime.GetBudgets().Single();
        Assert.Equal((0, 0L), (budget.SpentUsd, budget.UnpricedCalls));
    }

    [Fact]
    public async Task Record_ThresholdsReached_AreToldOnceEachPeriod()
    {
        using var runtime = Create(static builder => builder.AddBudget("daily", 10));

        Call(runtime, 7.9);
        Call(runtime, 0.2);
        await _log.WaitForAsync(1);
        Call(runtime, 0.2);
        Call(runtime, 5);
        await _log.WaitForAsync(2);
        Call(runtime, 50);
        _time.Advance(TimeSpan.FromHours(19));
        Assert.Equal(0, runtime.GetBudgets().Single().SpentUsd);
        Call(runtime, 30);
        await _log.WaitForAsync(4);

        var told = _log.Crossings;
        Assert.Equal([0.8, 1, 0.8, 1], told.Select(static crossing => crossing.Threshold));
        Assert.Equal([8.1, 13.3, 30, 30], told.Select(static crossing => Math.Round(crossing.SpentUsd, 6)));
        Assert.All(told, static crossing => Assert.Equal(("daily", null, 10), (
            crossing.Budget, crossing.Value, crossing.LimitUsd)));
        Assert.Equal([25, 25, 26, 26], told.Select(static crossing => crossing.PeriodStart.Day));
    }

    [Fact]
    public async Task Record_ObserverThrows_OthersAreToldAndTheLossIsCounted()
    {
        using var runtime = Create(builder =>
        {
            builder.AddBudget("daily", 1, static budget => budget.Thresholds.Add(0.5));
            builder.AddBudgetObserver(static _ => throw new InvalidOperationException("observer"));
        }, throwsFirst: true);

        Call(runtime, 0.6);

        await _log.WaitForAsync(1);
        Assert.Equal(0.5, Assert.Single(_log.Crossings).Threshold);
        Assert.Equal(1, runtime.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "observer")));
    }

    [Fact]
    public async Task Record_ManyThreads_LosesNothingAndTellsOnce()
    {
        using var runtime = Create(static builder => builder.AddBudget("daily", 4000));

        Parallel.For(0, 64, _ =>
        {
            for (var i = 0; i < 1000; i++)
            {
                Call(runtime, 0.0625);
            }
        });

        Assert.Equal(4000, runtime.GetBudgets().Single().SpentUsd);
        Assert.Equal(4000, runtime.GetSnapshot().Sum("llm.cost.usd"));
        await _log.WaitForAsync(2);
        await Task.Delay(50);
        Assert.Equal([0.8, 1], _log.Crossings.Select(static crossing => crossing.Threshold));
    }

    [Fact]
    public void Record_BudgetsOfFeaturesAndTenants_ChargesWhomTheCallIsFor()
    {
        using var runtime = Create(static builder => builder
            .AddBudget("features", 10, static budget => budget.Per = BudgetScope.Feature)
            .AddBudget("acme", 5, static budget => (budget.Per, budget.For) = (BudgetScope.Tenant, "acme"))
            .AddBudget("month", 100, static budget => budget.Period = BudgetPeriod.Monthly));

        using (runtime.BeginScope(feature: "chat", tenant: "acme"))
        {
            Call(runtime, 1);
        }

        using (runtime.BeginScope(feature: "chat", tenant: "other"))
        {
            Call(runtime, 2);
        }

        using (runtime.BeginScope(feature: "search"))
        {
            Call(runtime, 4);
        }

        Call(runtime, 8);

        var spent = runtime.GetBudgets().ToDictionary(
            static status => (status.Budget, status.Value), static status => status.SpentUsd);
        Assert.Equal(4, spent.Count);
        Assert.Equal(3, spent[("features", "chat")]);
        Assert.Equal(4, spent[("features", "search")]);
        Assert.Equal(1, spent[("acme", "acme")]);
        Assert.Equal(15, spent[("month", null)]);
        var snapshot = runtime.GetSnapshot();
        Assert.Equal(3, snapshot.Sum("llm.budget.spent.usd", ("budget", "features"), ("feature", "chat")));
        Assert.Equal(1, snapshot.Sum("llm.budget.spent.usd", ("budget", "acme"), ("tenant", "acme")));
    }

    [Fact]
    public void Record_FoldedTenants_HaveTheirOwnBudgetsAndOneGauge()
    {
        using var runtime = Create(
            static builder => builder.AddBudget("tenants", 10, static budget => budget.Per = BudgetScope.Tenant),
            configure: static options => options.Cardinality.MaxValues[FactField.Tenant] = 5);

        for (var i = 0; i < 40; i++)
        {
            using (runtime.BeginScope(tenant: $"t{i % 20}"))
            {
                Call(runtime, i % 20 + 1);
            }
        }

        var statuses = runtime.GetBudgets();
        Assert.Equal(20, statuses.Count);
        Assert.All(statuses, static status => Assert.Equal(2 * (int.Parse(
            status.Value![1..], System.Globalization.CultureInfo.InvariantCulture) + 1), status.SpentUsd));
        var snapshot = runtime.GetSnapshot();
        Assert.Equal(2, snapshot.Sum("llm.budget.spent.usd", ("tenant", "t0")));
        Assert.Equal(390, snapshot.Sum("llm.budget.spent.usd", ("tenant", "__other__")));
        Assert.Equal(150, snapshot.Sum("llm.budget.limit.usd", ("tenant", "__other__")));
        Assert.Equal(420, snapshot.Sum("llm.budget.spent.usd"));
    }

    [Fact]
    public void Record_MoreTenantsThanAllowed_CountsThoseWithoutBudget()
    {
        using var runtime = Create(
            static builder => builder.AddBudget("tenants", 10, static budget => budget.Per = BudgetScope.Tenant));

        for (var i = 0; i < 1010; i++)
        {
            using (runtime.BeginScope(tenant: $"t{i}"))
            {
                Call(runtime, 1);
            }
        }

        Assert.Equal(1000, runtime.GetBudgets().Count);
        Assert.Equal(10, runtime.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "too_many_budgets")));
    }

    [Fact]
    public void Record_ClockIsSetBackOverMidnight_KeepsWhatIsSpent()
    {
        using var runtime = Create(static builder => builder.AddBudget("daily", 10));
        _time.SetUtcNow(new DateTimeOffset(2026, 11, 26, 0, 10, 0, TimeSpan.Zero));
        Assert.Equal(26, runtime.GetBudgets().Single().PeriodStart.Day);
        Call(runtime, 3);

        _time.SetUtcNow(new DateTimeOffset(2026, 11, 25, 23, 50, 0, TimeSpan.Zero));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((26, 3), (runtime.GetBudgets().Single().PeriodStart.Day, runtime.GetBudgets().Single().SpentUsd));
    }

    [Fact]
    public void Record_NoProfileShowsCalls_ChargesTheBudgetStill()
    {
        using var runtime = RuntimeBuilder.Create(
            static options => options.Collect = false,
            builder => builder.AddProfile(MetricProfile.Create("none", static profile => profile
                .Counter(FactKind.DbCall, "db"))).AddBudget("daily", 10));

        Call(runtime, 2);
        runtime.Record(new LlmCall
        {
            Provider = "openai",
            RequestModel = "gpt-4o",
            InputTokens = 1000,
            OutputTokens = 0,
        });

        Assert.True(runtime.GetBudgets().Single().SpentUsd > 2);
    }

    [Fact]
    public void LeaseSnapshot_WithBudgets_AllocatesNothing()
    {
        using var runtime = Create(static builder => builder
            .AddBudget("daily", 1e9).AddBudget("tenants", 1e9, static budget => budget.Per = BudgetScope.Tenant));
        foreach (var tenant in (string[])["acme", "else"])
        {
            using var scope = runtime.BeginScope(tenant: tenant);
            Call(runtime, 0.01);
        }

        var lease = runtime.LeaseSnapshot();
        Assert.Equal(2e9, lease.Sum("llm.budget.limit.usd", ("budget", "tenants")));
        lease.Dispose();

        Assert.Equal(0, Allocations.Measure(() => runtime.LeaseSnapshot(lease).Dispose(), rounds: 200));
    }

    [Fact]
    public void Record_ChargedCall_AllocatesNothing()
    {
        using var runtime = Create(static builder => builder
            .AddBudget("daily", 1e9).AddBudget("tenants", 1e9, static budget => budget.Per = BudgetScope.Tenant));
        using var scope = runtime.BeginScope(tenant: "acme");

        Assert.Equal(0, Allocations.Measure(() => Call(runtime, 0.01)));
    }

    [Fact]
    public void Create_WrongBudgets_ListsEveryError()
    {
        var error = Assert.Throws<OptionsValidationException>(() => RuntimeBuilder.Create(static options =>
        {
            options.Budgets.Add(new BudgetOptions { LimitUsd = 0 });
            options.Budgets.Add(new BudgetOptions { Name = "a", LimitUsd = double.NaN, TimeZone = "Mars/Olympus" });
            options.Budgets.Add(new BudgetOptions
            {
                Name = "a",
                LimitUsd = 1,
                Per = (BudgetScope)7,
                Period = (BudgetPeriod)7,
                Thresholds = { 1, 0.5 },
            });
            options.Budgets.Add(new BudgetOptions { Name = "b", LimitUsd = 1, For = "acme" });
            options.BudgetStateFile = " ";
        }));

        string[] parts =
        [
            "Budgets:0:Name", "Budgets:0:LimitUsd is 0", "Budgets:1:LimitUsd is NaN", "Mars/Olympus", "'a' 2 times",
            "Budgets:2:Per", "Budgets:2:Period", "Budgets:2:Thresholds is [1, 0.5]", "Budgets:3:For",
            "BudgetStateFile",
        ];
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private static void Call(LlmMetricsRuntime runtime, double usd) =>
        runtime.Record(new LlmCall { RequestModel = "m", InputTokens = 1, OutputTokens = 1, CostUsd = usd });

    private LlmMetricsRuntime Create(
        Action<ILlmMetricsBuilder> build, bool throwsFirst = false, Action<LlmMetricsOptions>? configure = null) =>
        RuntimeBuilder.Create(configure, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_time);
            builder.AddProfile(MetricProfile.GenAi).AddProfile(MetricProfile.Prefixed("shop"));
            if (throwsFirst)
            {
                build(builder);
            }

            builder.Services.AddSingleton<IBudgetObserver>(_log);
            if (!throwsFirst)
            {
                build(builder);
            }
        });
}
