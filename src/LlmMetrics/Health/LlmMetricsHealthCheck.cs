using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LlmMetrics.Health;

/// <summary>Looks whether figures still leave, money is left, and providers answer.</summary>
internal sealed class LlmMetricsHealthCheck(
    LlmMetricsRuntime runtime, ProviderRates rates, LlmMetricsHealthOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var problems = new List<string>();
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        if (options.Exporters)
        {
            CheckExporters(problems, data);
        }

        if (options.Budgets)
        {
            CheckBudgets(problems, data);
        }

        if (options.Providers)
        {
            CheckProviders(problems, data);
        }

        return Task.FromResult(problems.Count == 0
            ? HealthCheckResult.Healthy(data: data)
            : new HealthCheckResult(
                context.Registration.FailureStatus, string.Join(" ", problems), exception: null, data));
    }

    private void CheckExporters(List<string> problems, Dictionary<string, object> data)
    {
        foreach (var (name, age, schedule) in runtime.ExportAges())
        {
            data[$"exporter.{name}.age_seconds"] = Math.Round(age.TotalSeconds, 1);
            var limit = options.MaxExportAge ?? (schedule.Interval * 3) + schedule.Timeout;
            if (age > limit)
            {
                var seconds = Invariant($"{age.TotalSeconds:0} s; {limit.TotalSeconds:0} s are allowed.");
                problems.Add($"Exporter {name} has not succeeded for {seconds}");
            }
        }
    }

    private void CheckBudgets(List<string> problems, Dictionary<string, object> data)
    {
        // Whose budgets they are stays inside: health pages are often open to everybody.
        foreach (var budget in runtime.GetBudgets().GroupBy(static status => status.Budget))
        {
            var spent = budget.Count(static status => status.IsExhausted);
            data[$"budget.{budget.Key}.exhausted"] = spent;
            if (spent > 0)
            {
                problems.Add(budget.Any(static status => status.Value is not null)
                    ? Invariant($"Budget {budget.Key} is spent for {spent} of {budget.Count()}.")
                    : $"Budget {budget.Key} is spent.");
            }
        }
    }

    private void CheckProviders(List<string> problems, Dictionary<string, object> data)
    {
        foreach (var (provider, calls, errors) in rates.Read(options.Window))
        {
            if (calls < options.MinCalls)
            {
                continue;
            }

            var rate = (double)errors / calls;
            data[$"provider.{provider}.error_rate"] = Math.Round(rate, 4);
            if (rate > options.MaxErrorRate)
            {
                problems.Add(Invariant($"Of {calls} calls to {provider} {errors} have failed."));
            }
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
