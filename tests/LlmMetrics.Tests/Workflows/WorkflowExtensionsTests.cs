using LlmMetrics.Testing;
using LlmMetrics.Tests.Measuring;

namespace LlmMetrics.Tests.Workflows;

public sealed class WorkflowExtensionsTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task MeasureWorkflowAsync_Nested_RecordsDurationsByName()
    {
        using var runtime = Runs.Create(_time);

        await runtime.MeasureWorkflowAsync("outer", ct =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return runtime.MeasureWorkflowAsync("inner", InnerAsync, ct);
        });

        Assert.True(runtime.GetSnapshot().TryGetFamily("gen_ai.invoke_workflow.duration", out var family));
        var sums = family.ToDictionary(static series => series.Tag("gen_ai.workflow.name")!, static s => s.Sum);
        Assert.Equal(2, sums["inner"], 9);
        Assert.Equal(3, sums["outer"], 9);
    }

    private async Task InnerAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        _time.Advance(TimeSpan.FromSeconds(2));
    }
}
