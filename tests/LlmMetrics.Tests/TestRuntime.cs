using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LlmMetrics.Tests;

/// <summary>A runtime whose calls an observer sees.</summary>
internal static class TestRuntime
{
    public static LlmMetricsRuntime Create(ILlmCallObserver observer, TimeProvider? time = null) =>
        RuntimeBuilder.Create(build: builder =>
        {
            builder.Services.AddSingleton(observer);
            builder.Services.Replace(ServiceDescriptor.Singleton(time ?? TimeProvider.System));
        });
}
