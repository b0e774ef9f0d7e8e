using System.Diagnostics;

namespace LlmMetrics.Tests.Http;

public class ActivityTests
{
    [Fact]
    public async Task Call_Listened_HasAttributesAndNoContent()
    {
        var (activity, call) = await RunAsync("openai-chat-stream-usage");

        Assert.Equal("chat asked", activity.DisplayName);
        Assert.Equal(ActivityKind.Client, activity.Kind);
        var tags = activity.TagObjects.ToDictionary(tag => tag.Key, tag => tag.Value);
        Assert.Equal("openai", tags["gen_ai.provider.name"]);
        Assert.Equal("chat", tags["gen_ai.operation.name"]);
        Assert.Equal("asked", tags["gen_ai.request.model"]);
        Assert.Equal("gpt-4o-2024-08-06", tags["gen_ai.response.model"]);
        Assert.Equal("chatcmpl-A1", tags["gen_ai.response.id"]);
        Assert.Equal(["stop"], Assert.IsType<string[]>(tags["gen_ai.response.finish_reasons"]));
        Assert.Equal(19L, tags["gen_ai.usage.input_tokens"]);
        Assert.Equal(10L, tags["gen_ai.usage.output_tokens"]);
        Assert.Equal(4L, tags["gen_ai.usage.cache_read.input_tokens"]);
        Assert.Equal("api.openai.com", tags["server.address"]);
        Assert.Equal(443, tags["server.port"]);
        Assert.DoesNotContain(
            tags.Values, value => value is string text && text.Contains("Hel", StringComparison.Ordinal));
        Assert.Equal(activity.Context, call.TraceContext);
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_ListenerThrows_IsMeasuredOnceWithoutASpan(bool isSampler)
    {
        using var scenario = new Scenario(Scenario.Chat());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source == scenario.Runtime.Activities,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                isSampler ? throw new InvalidOperationException("sampler") : ActivitySamplingResult.AllData,
            ActivityStarted = static _ => throw new InvalidOperationException("start"),
        };
        ActivitySource.AddActivityListener(listener);
        using var app = new Activity("app").Start();

        using (var response = await scenario.SendAsync())
        {
            await response.Content.ReadAsStringAsync();
        }

        // What was half made must not be taken for an answer that nobody disposed.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Same(app, Activity.Current);
        Assert.Equal(LlmOutcome.Ok, scenario.Log.Single.Outcome);
        Assert.Equal(1, scenario.Runtime.GetSnapshot().Sum("llmmetrics.dropped", ("reason", "listener")));
    }

    [Fact]
    public async Task Call_ErrorAfterStatus200_HasErrorStatus()
    {
        var (activity, _) = await RunAsync("openai-chat-stream-error");

        Assert.Equal(ActivityStatusCode.Error, activity.Status);
        Assert.Equal("server_error", activity.GetTagItem("error.type"));
    }

    [Fact]
    public async Task Call_EndedByReading_KeepsTheAppsActivity()
    {
        using var scenario = new Scenario(Scenario.Chat());
        using var listener = Listen(scenario.Runtime);
        using var app = new Activity("app").Start();
        using var response = await scenario.SendAsync();
        Assert.Same(app, Activity.Current);
        using var later = new Activity("later").Start();
        using var reader = new StreamReader(response.Content.ReadAsStream());

        Assert.NotEmpty(reader.ReadToEnd());

        Assert.Same(later, Activity.Current);
        Assert.Equal(app.TraceId, scenario.Log.Single.TraceContext.TraceId);
        Assert.NotEqual(app.SpanId, scenario.Log.Single.TraceContext.SpanId);
    }

    [Fact]
    public void Call_Synchronous_KeepsTheAppsActivity()
    {
        using var scenario = new Scenario(Scenario.Chat());
        using var listener = Listen(scenario.Runtime);
        using var app = new Activity("app").Start();
        using var request = Scenario.Request();
        using var response = scenario.Client.Send(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Same(app, Activity.Current);
    }

    [Fact]
    public async Task Call_NobodyListening_TakesTheTraceOfTheApp()
    {
        using var scenario = new Scenario(Scenario.Chat());
        using var app = new Activity("app").Start();
        using var response = await scenario.SendAsync(HttpCompletionOption.ResponseContentRead);

        Assert.Equal(app.Context, scenario.Log.Single.TraceContext);
    }

    private static async Task<(Activity Activity, LlmCall Call)> RunAsync(string fixture)
    {
        using var scenario = new Scenario(Scenario.Chat(fixture));
        var stopped = new List<Activity>();
        using var listener = Listen(scenario.Runtime, stopped.Add);
        using var response = await scenario.SendAsync(HttpCompletionOption.ResponseContentRead);
        return (Assert.Single(stopped), scenario.Log.Single);
    }

    private static ActivityListener Listen(LlmMetricsRuntime runtime, Action<Activity>? stopped = null)
    {
        var listener = new ActivityListener
        {
            // By reference: other tests have sources of the same name.
            ShouldListenTo = source => ReferenceEquals(source, runtime.Activities),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
