using LlmMetrics.Testing;
using Xunit;

namespace LlmMetrics.Workload.Planning;

/// <summary>
/// Measured in processor time, which others on the machine cannot lengthen much, and so while no other test runs.
/// </summary>
[Collection(nameof(WorkloadPlannerSpeedTests))]
[CollectionDefinition(nameof(WorkloadPlannerSpeedTests), DisableParallelization = true)]
public sealed class WorkloadPlannerSpeedTests
{
    [LongFact]
    public void Plan_HundredThousandUsers_TakeUnderAMinuteAndAGigabyte()
    {
        var (plan, time) = Measure(new WorkloadOptions { Users = [100_000] });

        Assert.True(time < TimeSpan.FromSeconds(60), $"{time}");
        Assert.True(Environment.WorkingSet < 1_000_000_000, $"{Environment.WorkingSet} bytes");
        Assert.Equal(38_000_000, plan.Users[0].RequestsPerDay);
    }

    [LongFact]
    public void Plan_HundredUsers_TakeUnderASecond()
    {
        var (_, time) = Measure(new WorkloadOptions { Users = [100] });

        Assert.True(time < TimeSpan.FromSeconds(1), $"{time}");
    }

    private static (WorkloadPlan Plan, TimeSpan Time) Measure(WorkloadOptions options)
    {
        var before = Environment.CpuUsage.TotalTime;
        var plan = WorkloadPlanner.Plan(Seed.Measurement, options);
        return (plan, Environment.CpuUsage.TotalTime - before);
    }
}
