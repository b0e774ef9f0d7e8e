using LlmMetrics.Budgets;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics;

/// <summary>Adds budgets to LlmMetrics.</summary>
public static class BudgetBuilderExtensions
{
    /// <summary>Adds a budget. Those of <see cref="LlmMetricsOptions.Budgets"/> are kept.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Its name in metrics and events.</param>
    /// <param name="limitUsd">What may be spent in a period, in US dollars.</param>
    /// <param name="configure">Sets more: period, scope, time zone, thresholds.</param>
    /// <returns>The builder.</returns>
    public static ILlmMetricsBuilder AddBudget(
        this ILlmMetricsBuilder builder, string name, double limitUsd, Action<BudgetOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        builder.Services.Configure<LlmMetricsOptions>(options =>
        {
            var budget = new BudgetOptions { Name = name, LimitUsd = limitUsd };
            configure?.Invoke(budget);
            options.Budgets.Add(budget);
        });
        return builder;
    }

    /// <summary>Adds an observer of budgets that is a delegate; a class is registered as a service.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="crossed">Is told of each threshold that is reached: see <see cref="IBudgetObserver"/>.</param>
    /// <returns>The builder.</returns>
    public static ILlmMetricsBuilder AddBudgetObserver(
        this ILlmMetricsBuilder builder, Action<BudgetCrossing> crossed)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(crossed);
        builder.Services.AddSingleton<IBudgetObserver>(new DelegateBudgetObserver(crossed));
        return builder;
    }
}
