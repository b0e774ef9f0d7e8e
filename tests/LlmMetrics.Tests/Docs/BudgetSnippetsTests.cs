using System.Text;
using System.Text.RegularExpressions;
using LlmMetrics.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tests.Docs;

/// <summary>The code and the configuration that docs/budgets.md shows.</summary>
public sealed class BudgetSnippetsTests
{
    [Fact]
    public void Snippets_Run_MakeTheBudgetsOfThePage()
    {
        var services = new ServiceCollection();

        // snippet:budgets
        services.AddLlmMetrics(options => options.BudgetStateFile = Path.Combine("data", "budgets.json"))
            .AddBudget("daily", limitUsd: 100)
            .AddBudget("tenants", limitUsd: 20, budget =>
            {
                budget.Period = BudgetPeriod.Monthly;
                budget.Per = BudgetScope.Tenant;
                budget.TimeZone = "Europe/Paris";
            })
            .AddBudgetObserver(crossing => Console.WriteLine(
                $"{crossing.Budget} {crossing.Value}: {crossing.Threshold:P0} of {crossing.LimitUsd} USD"));
        // end-snippet

        // The test keeps no state.
        services.PostConfigure<LlmMetricsOptions>(static options => options.BudgetStateFile = null);
        using var provider = services.BuildServiceProvider();
        var metrics = provider.GetRequiredService<LlmMetricsRuntime>();
        metrics.Record(new LlmCall { RequestModel = "m", CostUsd = 1, Tenant = "acme" });
        Assert.Equal(
            [("daily", null, 100.0, 1.0), ("tenants", "acme", 20.0, 1.0)],
            metrics.GetBudgets().Select(static status => (
                status.Budget, status.Value, status.LimitUsd, status.SpentUsd)));
    }

    [Fact]
    public void Configuration_OfThePage_IsValidAndBindsWhole()
    {
        var page = File.ReadAllText(Repository.PathOf("docs/budgets.md"));
        var json = Regex.Match(page, "(?<=```json\n).*?(?=```)", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json.Value));
        var configuration = new ConfigurationBuilder().AddJsonStream(stream).Build();
        var services = new ServiceCollection();
        services.AddLlmMetrics(configuration.GetSection("LlmMetrics"));
        services.PostConfigure<LlmMetricsOptions>(static options => options.BudgetStateFile = null);
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<LlmMetricsOptions>>().Value;

        Assert.Equal(["daily", "tenants", "trial"], options.Budgets.Select(static budget => budget.Name));
        Assert.Equal((BudgetPeriod.Monthly, BudgetScope.Tenant, "Europe/Paris"), (
            options.Budgets[1].Period, options.Budgets[1].Per, options.Budgets[1].TimeZone));
        Assert.Equal([0.5, 0.9, 1], options.Budgets[2].Thresholds);
        Assert.Equal("acme", options.Budgets[2].For);
    }
}
