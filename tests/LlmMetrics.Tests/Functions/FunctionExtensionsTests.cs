using LlmMetrics.Testing;
using LlmMetrics.Tests.Measuring;

namespace LlmMetrics.Tests.Functions;

public sealed class FunctionExtensionsTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task MeasureAsync_PlainFunction_TellsCallsSuccessesFailuresAndDuration()
    {
        using var runtime = Runs.Create(_time);

        await runtime.MeasureAsync("load", async _ => await Task.Yield());
        await Assert.ThrowsAsync<FormatException>(() => runtime.MeasureAsync(
            "load", static Task (_) => Task.FromException(new FormatException())));

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(2, snapshot.Sum("app.function.duration", ("function", "load")));
        Assert.Equal(1, snapshot.Sum("app.function.duration", ("outcome", "ok")));
        Assert.Equal(1, snapshot.Sum("app.function.duration", ("error.type", "System.FormatException")));
    }

    [Fact]
    public void StartFunction_FailedRun_IsCountedOnceWithItsError()
    {
        using var runtime = Runs.Create(_time);

        using (var run = runtime.StartFunction("load"))
        {
            run.Fail("broken");
        }

        Assert.Equal(1, runtime.GetSnapshot().Sum(
            "app.function.duration", ("function", "load"), ("outcome", "error"), ("error.type", "broken")));
    }

    [Fact]
    public void Measure_ProfileWithTheNameInItsMetrics_GivesFourMetrics()
    {
        var profile = MetricProfile.Create("functions", static profile =>
        {
            profile.Counter(FactKind.FunctionRun, "function.{function}.calls");
            profile.Counter(FactKind.FunctionRun, "function.{function}.successes").When(FactField.Outcome, "ok");
            profile.Counter(FactKind.FunctionRun, "function.{function}.failures").When(FactField.Outcome, "error");
            profile.Histogram(FactKind.FunctionRun, "function.{function}.duration").Unit("s").Buckets(0.1, 1);
        });
        using var runtime = Runs.Create(_time, profile);

        var result = runtime.Measure("load", static () => 5);
        runtime.Measure("load", static () => { });
        Assert.Throws<FormatException>(() => runtime.Measure("load", static () => throw new FormatException()));

        Assert.Equal(5, result);
        var snapshot = runtime.GetSnapshot();
        Assert.Equal(3, snapshot.Sum("function.load.calls"));
        Assert.Equal(2, snapshot.Sum("function.load.successes"));
        Assert.Equal(1, snapshot.Sum("function.load.failures"));
        Assert.Equal(3, snapshot.Sum("function.load.duration"));
    }

    [Fact]
    public void Measure_AgentsAndWorkflows_ReproduceTheDocumentedPipelineMetrics()
    {
        var profile = MetricProfile.Create("pipeline", static profile =>
        {
            profile.Counter(FactKind.AgentRun, "agent.{agent}.calls");
            profile.Histogram(FactKind.AgentRun, "agent.{agent}.processing_time").Buckets(0.1, 0.5, 1, 2)
                .Tag("cache", static tag => tag.Case(FactField.Outcome, "error", "error").Field(FactField.Cache));
            profile.Counter(FactKind.AgentRun, "agent.{agent}.cache").When(FactField.Cache)
                .Tag("type", FactField.Cache);
            profile.Counter(FactKind.AgentRun, "agent.{agent}.errors").When(FactField.ErrorType)
                .Tag("error_type", FactField.ErrorType);
            profile.Counter(FactKind.RunItems, "workflow.{name}", FactValue.Items).When(FactField.Workflow);
            profile.Counter(FactKind.WorkflowRun, "workflow.errors").When(FactField.Outcome, "error");
        });
        using var runtime = Runs.Create(_time, profile);

        using (var workflow = runtime.StartWorkflow("pipeline"))
        {
            workflow.Count("files_processed", 12);
            using (var run = runtime.StartAgent("writer"))
            {
                run.Cache(hit: true);
            }

            using (var run = runtime.StartAgent("writer"))
            {
                run.Cache(hit: false);
                run.Fail(new TimeoutException());
            }

            workflow.Fail("partial");
        }

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(12, snapshot.Sum("workflow.files_processed"));
        Assert.Equal(1, snapshot.Sum("workflow.errors"));
        Assert.Equal(2, snapshot.Sum("agent.writer.calls"));
        Assert.Equal(1, snapshot.Sum("agent.writer.cache", ("type", "hit")));
        Assert.Equal(1, snapshot.Sum("agent.writer.processing_time", ("cache", "error")));
        Assert.Equal(1, snapshot.Sum("agent.writer.errors", ("error_type", "System.TimeoutException")));
    }
}
