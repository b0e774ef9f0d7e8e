using LlmMetrics.Collection;

namespace LlmMetrics.Tests;

/// <summary>The one place where tests make a runtime.</summary>
internal static class TestRuntime
{
    public static LlmMetricsRuntime Create(ILlmCallObserver observer, TimeProvider? time = null) =>
        new(new Recorder(observer), time ?? TimeProvider.System);
}
