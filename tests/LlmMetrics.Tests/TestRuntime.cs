using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tests;

/// <summary>Runtimes for tests that look at the recorded calls.</summary>
internal static class TestRuntime
{
    public static LlmMetricsRuntime Create(ILlmCallObserver observer, TimeProvider? time = null) =>
        RuntimeBuilder.Create(build: builder =>
        {
            builder.Services.AddSingleton(observer);
            if (time is not null)
            {
                builder.Services.AddSingleton(time);
            }
        });
}
