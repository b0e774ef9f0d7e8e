using System.Diagnostics;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Measuring;

public sealed class RunActivityTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Start_NestedRuns_MakeNestedSpans()
    {
        using var runtime = Runs.Create(_time);
        using var spans = new Spans(runtime);

        async Task WriteAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            await runtime.MeasureToolAsync("search", static async _ => await Task.Yield(), cancellationToken);
            runtime.Activities.StartActivity("chat gpt-4o")?.Dispose();
        }

        await runtime.MeasureWorkflowAsync("nightly", ct => runtime.MeasureAgentAsync("writer", WriteAsync, ct));

        var tool = spans["execute_tool search"];
        var chat = spans["chat gpt-4o"];
        var agent = spans["invoke_agent writer"];
        var workflow = spans["invoke_workflow nightly"];
        Assert.Equal(agent.SpanId, tool.ParentSpanId);
        Assert.Equal(agent.SpanId, chat.ParentSpanId);
        Assert.Equal(workflow.SpanId, agent.ParentSpanId);
        Assert.Equal(default, workflow.ParentSpanId);
        Assert.All([tool, agent, workflow], static span => Assert.Equal(ActivityKind.Internal, span.Kind));
        Assert.Equal("invoke_agent", agent.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("writer", agent.GetTagItem("gen_ai.agent.name"));
        Assert.Equal("nightly", workflow.GetTagItem("gen_ai.workflow.name"));
        Assert.Equal("search", tool.GetTagItem("gen_ai.tool.name"));
        Assert.Equal("writer", tool.GetTagItem("gen_ai.agent.name"));
        Assert.Null(Activity.Current);
    }

    [Theory]
    [InlineData("sampler")]
    [InlineData("start")]
    [InlineData("stop")]
    public async Task Start_ListenerThrows_TheAppNoticesNothing(string where)
    {
        using var runtime = Runs.Create(_time);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source == runtime.Activities,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                where == "sampler" ? throw new InvalidOperationException(where) : ActivitySamplingResult.AllData,
            ActivityStarted = _ => Throw("start"),
            ActivityStopped = _ => Throw("stop"),
        };
        ActivitySource.AddActivityListener(listener);
        using var app = new Activity("app").Start();

        Assert.Equal(1, await runtime.MeasureAgentAsync("writer", static async _ =>
        {
            await Task.Yield();
            return 1;
        }));
        Assert.Equal(2, runtime.MeasureWorkflow("nightly", static () => 2));
        using (runtime.StartAgent("third"))
        {
        }

        Assert.Same(app, Activity.Current);
        runtime.Record(new LlmCall { RequestModel = "m" });
        var snapshot = runtime.GetSnapshot();
        Assert.Equal(2, snapshot.Sum("llm.agent.runs", ("outcome", "ok")));
        Assert.Equal(1, snapshot.Sum("gen_ai.invoke_workflow.duration"));
        Assert.Equal(3, snapshot.Sum("llmmetrics.dropped", ("reason", "listener")));
        Assert.True(snapshot.TryGetFamily("llm.calls", out var calls));
        Assert.Null(calls.Single().Tag("agent"));

        void Throw(string here)
        {
            if (here == where)
            {
                throw new InvalidOperationException(here);
            }
        }
    }

    [Fact]
    public async Task Start_RealCallOverHttp_IsTheAgentsInSpansTokensAndCalls()
    {
        using var scenario = new Http.Scenario(Http.Scenario.Chat());
        var runtime = scenario.Runtime;
        using var spans = new Spans(runtime);

        await runtime.MeasureWorkflowAsync("nightly", ct => runtime.MeasureAgentAsync("writer", async ct =>
        {
            using var response = await scenario.SendAsync(ct);
            await response.Content.ReadAsStringAsync(ct);
        }, ct));

        Assert.Equal(spans["invoke_agent writer"].SpanId, spans["chat asked"].ParentSpanId);
        Assert.Equal(spans["invoke_workflow nightly"].SpanId, spans["invoke_agent writer"].ParentSpanId);
        Assert.Equal(("writer", "nightly"), (scenario.Log.Single.Agent, scenario.Log.Single.Workflow));
        var snapshot = runtime.GetSnapshot();
        Assert.Equal(19, snapshot.Sum("llm.tokens", ("type", "input"), ("agent", "writer"), ("workflow", "nightly")));
        Assert.True(snapshot.Sum("llm.cost.usd", ("agent", "writer")) > 0);
        Assert.True(snapshot.TryGetFamily("gen_ai.invoke_agent.inference_calls", out var calls));
        Assert.Equal(1, Assert.Single(calls).Sum);
    }

    [Fact]
    public void Stop_RunThatFailed_SetsStatusAndErrorType()
    {
        using var runtime = Runs.Create(_time);
        using var spans = new Spans(runtime);

        Assert.Throws<FormatException>(
            () => runtime.MeasureTool("t", static () => throw new FormatException("secret")));
        runtime.MeasureTool("fine", static () => { });

        Assert.Equal(ActivityStatusCode.Error, spans["execute_tool t"].Status);
        Assert.Equal("System.FormatException", spans["execute_tool t"].GetTagItem("error.type"));
        Assert.Null(spans["execute_tool t"].StatusDescription);
        Assert.Equal(ActivityStatusCode.Unset, spans["execute_tool fine"].Status);
    }

    [Fact]
    public void Stop_AppsOwnActivityIsCurrent_StaysCurrent()
    {
        using var runtime = Runs.Create(_time);
        using var spans = new Spans(runtime);
        using var apps = new Activity("app").Start();
        var run = runtime.StartAgent("a");
        using var inner = new Activity("inner").Start();

        run.Dispose();

        Assert.Same(inner, Activity.Current);
    }

    [Fact]
    public async Task Start_Stream_PutsStepsUnderItsSpanAndLeavesTheConsumers()
    {
        using var runtime = Runs.Create(_time);
        using var spans = new Spans(runtime);
        var parents = new List<string?>();

        await foreach (var _ in runtime.MeasureAgentAsync(
            "s", _ => Runs.CountAsync(3, () => parents.Add(Activity.Current?.OperationName))))
        {
            Assert.Null(Activity.Current);
        }

        Assert.Equal(Enumerable.Repeat("invoke_agent s", 3), parents);
        Assert.Single(spans.All);
    }

    [Fact]
    public void Start_Function_HasNoSpan()
    {
        using var runtime = Runs.Create(_time);
        using var spans = new Spans(runtime);

        runtime.Measure("f", static () => Assert.Null(Activity.Current));

        Assert.Empty(spans.All);
    }

    /// <summary>The spans that one runtime's source has ended.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ActivityListener _listener;

        public Spans(LlmMetricsRuntime runtime)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => ReferenceEquals(source, runtime.Activities),
                Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity => All.Add(activity),
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public List<Activity> All { get; } = [];

        public Activity this[string name] => Assert.Single(All, activity => activity.DisplayName == name);

        public void Dispose() => _listener.Dispose();
    }
}
