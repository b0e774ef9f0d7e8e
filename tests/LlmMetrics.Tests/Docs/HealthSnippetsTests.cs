using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Tests.Docs;

/// <summary>The code that docs/health.md shows.</summary>
public sealed class HealthSnippetsTests
{
    [Fact]
    public async Task Snippets_Run_MeasureWhatThePageSays()
    {
        var services = new ServiceCollection();

        // snippet:errors
        services.AddLlmMetrics().AddErrorLogs();
        // end-snippet

        // snippet:check
        services.AddHealthChecks().AddLlmMetrics(
            "llm", HealthStatus.Degraded, tags: ["ready"], configure: options => options.MaxErrorRate = 0.2);
        // end-snippet

        await using var provider = services.BuildServiceProvider();
        var metrics = provider.GetRequiredService<LlmMetricsRuntime>();
        provider.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogError(new TimeoutException(), "x");
        Assert.Equal(1, metrics.GetSnapshot().Sum("app.errors", ("type", "System.TimeoutException")));
        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Healthy, report.Status);
    }
}
