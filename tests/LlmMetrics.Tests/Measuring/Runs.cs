using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tests.Measuring;

/// <summary>What the tests of measured runs share.</summary>
internal static class Runs
{
    public static LlmMetricsRuntime Create(ManualTimeProvider time, MetricProfile? profile = null) =>
        RuntimeBuilder.Create(build: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.AddProfile(profile ?? MetricProfile.GenAi);
        });

    /// <summary>A call of known price: 0.15 + 0.6 dollars per million tokens.</summary>
    public static void Call(LlmMetricsRuntime runtime, int tokens = 1000) => runtime.Record(new LlmCall
    {
        Provider = "openai",
        Operation = LlmOperation.Chat,
        RequestModel = "gpt-4o-mini",
        ResponseModel = "gpt-4o-mini",
        InputTokens = tokens,
        OutputTokens = tokens,
        CachedInputTokens = 0,
    });

    public static double CostOf(int tokens) => tokens * (0.15 + 0.6) / 1e6;

    public static async IAsyncEnumerable<int> CountAsync(int to, Action? before = null)
    {
        for (var i = 0; i < to; i++)
        {
            before?.Invoke();
            await Task.Yield();
            yield return i;
        }
    }
}
