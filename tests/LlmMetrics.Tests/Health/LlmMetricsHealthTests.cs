using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace LlmMetrics.Tests.Health;

public sealed class LlmMetricsHealthTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task CheckHealth_ProviderFailsTooOften_FailsUntilTheWindowIsPast()
    {
        await using var services = Build();
        var runtime = services.GetRequiredService<LlmMetricsRuntime>();
        for (var i = 0; i < 9; i++)
        {
            runtime.Record(new LlmCall { Provider = "openai", Outcome = LlmOutcome.Error });
            runtime.Record(new LlmCall { Provider = "groq" });
            runtime.Record(new LlmCall { Provider = "groq" });
            runtime.Record(new LlmCall { Provider = "cancels", Outcome = LlmOutcome.Cancelled });
        }

        // Nine calls say nothing yet.
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(services)).Status);
        runtime.Record(new LlmCall { Provider = "openai" });
        var failed = await CheckAsync(services);
        Assert.Equal(HealthStatus.Degraded, failed.Status);
        Assert.Equal("Of 10 calls to openai 9 have failed.", failed.Description);
        Assert.Equal(0.9, failed.Data["provider.openai.error_rate"]);
        Assert.Equal(0.0, failed.Data["provider.groq.error_rate"]);
        Assert.DoesNotContain("provider.cancels.error_rate", failed.Data.Keys);

        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(services)).Status);
        _time.Advance(TimeSpan.FromMinutes(1.5));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(services)).Status);
        _time.Advance(TimeSpan.FromHours(5));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(services)).Status);
    }

    [Fact]
    public async Task CheckHealth_ExporterNoLongerSucceeds_Fails()
    {
        var works = true;
        await using var services = Build(builder => builder.AddExporter(
            (_, _) => works ? ValueTask.CompletedTask : throw new IOException("secret"), "files"));
        var runtime = services.GetRequiredService<LlmMetricsRuntime>();

        // Before it is started nothing is expected of it.
        Assert.DoesNotContain("exporter.files.age_seconds", (await CheckAsync(services)).Data.Keys);
        runtime.Start();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(services)).Status);
        _time.SetUtcNow(_time.GetUtcNow().AddDays(9));
        Assert.True(await runtime.ExportAsync());
        works = false;
        _time.Advance(TimeSpan.FromSeconds(211));
        Assert.False(await runtime.ExportAsync());
        var failed = await CheckAsync(services);
        Assert.Equal(HealthStatus.Degraded, failed.Status);
        Assert.Equal("Exporter files has not succeeded for 211 s; 210 s are allowed.", failed.Description);

        works = true;
        Assert.True(await runtime.ExportAsync());
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(services)).Status);
    }

    [Fact]
    public async Task CheckHealth_BudgetIsSpent_FailsAndNamesNoTenant()
    {
        await using var services = Build(static builder => builder
            .AddBudget("daily", 10).AddBudget("tenants", 5, static budget => budget.Per = BudgetScope.Tenant));
        var runtime = services.GetRequiredService<LlmMetricsRuntime>();
        runtime.Record(new LlmCall { RequestModel = "m", CostUsd = 2, Tenant = "globex" });
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(services)).Status);

        runtime.Record(new LlmCall { RequestModel = "m", CostUsd = 9, Tenant = "acme" });

        var failed = await CheckAsync(services);
        Assert.Equal(HealthStatus.Degraded, failed.Status);
        Assert.Contains("Budget daily is spent.", failed.Description, StringComparison.Ordinal);
        Assert.Contains("Budget tenants is spent for 1 of 2.", failed.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("acme", failed.Description + string.Join(' ', failed.Data), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(services)).Status);
    }

    [Fact]
    public async Task CheckHealth_SwitchedOff_LooksAtNothing()
    {
        await using var services = Build(
            static builder => builder.AddBudget("daily", 1),
            static options => (options.Budgets, options.Exporters, options.Providers) = (false, false, false));
        services.GetRequiredService<LlmMetricsRuntime>().Record(new LlmCall { RequestModel = "m", CostUsd = 2 });

        var result = await CheckAsync(services);

        Assert.Equal((HealthStatus.Healthy, 0), (result.Status, result.Data.Count));
    }

    [Fact]
    public void AddLlmMetrics_WrongOptions_ListsEveryError()
    {
        using var services = Build(configure: static options =>
        {
            options.MaxErrorRate = 0;
            options.MinCalls = 0;
            options.Window = TimeSpan.FromDays(1);
            options.MaxExportAge = TimeSpan.Zero;
        });

        var error = Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.All(
            (string[])["MaxErrorRate is 0", "MinCalls is 0", "Window is 1.00:00:00", "MaxExportAge is 00:00:00"],
            part => Assert.Contains(
                $"AddHealthChecks.AddLlmMetrics(llm):{part}", error.Message, StringComparison.Ordinal));
    }

    private static async Task<HealthReportEntry> CheckAsync(ServiceProvider services)
    {
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        var entry = Assert.Single(report.Entries);
        Assert.Equal("llm", entry.Key);
        Assert.Equal(["ready"], entry.Value.Tags);
        return entry.Value;
    }

    private ServiceProvider Build(
        Action<ILlmMetricsBuilder>? build = null, Action<LlmMetricsHealthOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        build?.Invoke(services.AddLlmMetrics(static options => options.Meters.Clear()));
        services.AddLlmMetrics(static options => options.Meters.Clear());
        services.AddHealthChecks().AddLlmMetrics(
            "llm", HealthStatus.Degraded, ["ready"], TimeSpan.FromSeconds(5), configure);
        return services.BuildServiceProvider();
    }
}
