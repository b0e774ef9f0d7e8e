namespace LlmMetrics.Tests.Profiles;

/// <summary>The documented metrics of the system that these names come from, copied by hand.</summary>
public sealed class PrefixedProfileTests
{
    private static readonly double[] _llmSeconds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

    private static readonly double[] _httpSeconds =
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 15, 30];

    private static readonly double[] _dbSeconds = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

    [Fact]
    public void Record_EveryKindOfFact_GivesTheDocumentedMetrics()
    {
        using var runtime = RuntimeBuilder.Create(MetricProfile.Prefixed("intelia"));
        RecordAll(runtime);

        var snapshot = runtime.GetSnapshot();

        AssertFamily(snapshot, "intelia.llm.tokens", MetricKind.Counter, [], "model", "type");
        AssertFamily(snapshot, "intelia.llm.cost.usd", MetricKind.Counter, [], "feature", "model");
        AssertFamily(snapshot, "intelia.llm.requests", MetricKind.Counter, [], "model", "status");
        AssertFamily(
            snapshot, "intelia.llm.request.duration", MetricKind.Histogram, _llmSeconds, "feature", "model");
        AssertFamily(snapshot, "intelia.http.requests", MetricKind.Counter, [], "endpoint", "method", "status");
        AssertFamily(
            snapshot, "intelia.http.request.duration", MetricKind.Histogram, _httpSeconds, "endpoint", "method");
        AssertFamily(snapshot, "intelia.db.query.duration", MetricKind.Histogram, _dbSeconds, "operation", "table");
        AssertFamily(snapshot, "intelia.db.queries", MetricKind.Counter, [], "operation", "status", "table");
        AssertFamily(snapshot, "intelia.errors", MetricKind.Counter, [], "severity", "type");
        AssertFamily(snapshot, "intelia.uptime", MetricKind.Gauge, []);
        AssertFamily(snapshot, "intelia.system.info", MetricKind.Gauge, [], "runtime", "version");
        AssertFamily(snapshot, "intelia.questions", MetricKind.Counter, [], "language", "source");
        AssertFamily(snapshot, "intelia.revenue.usd", MetricKind.Counter, [], "plan");
        Assert.Equal(13, snapshot.Families.Count);
        Assert.All(snapshot.Families, static family =>
            Assert.StartsWith("intelia.", family.Descriptor.Name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("chat", "chat")]
    [InlineData("embeddings", "embeddings")]
    [InlineData("text_to_speech", "tts")]
    [InlineData("realtime", "voice_realtime")]
    public void Record_CallWithoutScope_TakesTheFeatureFromTheOperation(string operation, string feature)
    {
        using var runtime = RuntimeBuilder.Create(MetricProfile.Prefixed("intelia"));

        var call = new LlmCall { Operation = operation, RequestModel = "m", Duration = TimeSpan.FromSeconds(1) };
        runtime.Record(in call);
        using (runtime.BeginScope(feature: "named"))
        {
            runtime.Record(in call);
        }

        Assert.Equal(1, runtime.GetSnapshot().Sum("intelia.llm.request.duration", ("feature", feature)));
        Assert.Equal(1, runtime.GetSnapshot().Sum("intelia.llm.request.duration", ("feature", "named")));
    }

    [Fact]
    public void Record_Outcomes_AreSuccessOrError()
    {
        using var runtime = RuntimeBuilder.Create(MetricProfile.Prefixed("intelia"));

        foreach (var outcome in Enum.GetValues<LlmOutcome>())
        {
            runtime.Record(new LlmCall { RequestModel = "m", Outcome = outcome, InputTokens = 3, OutputTokens = 4 });
        }

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("intelia.llm.requests", ("status", "success")));
        Assert.Equal(3, snapshot.Sum("intelia.llm.requests", ("status", "error")));
        Assert.Equal(12, snapshot.Sum("intelia.llm.tokens", ("type", "prompt")));
        Assert.Equal(16, snapshot.Sum("intelia.llm.tokens", ("type", "completion")));
    }

    private static void RecordAll(LlmMetricsRuntime runtime)
    {
        runtime.Record(new LlmCall
        {
            Provider = "openai", Operation = "chat", RequestModel = "gpt-4o", InputTokens = 10, OutputTokens = 5,
            Duration = TimeSpan.FromSeconds(1),
        });
        runtime.Record(new HttpServerCall
        {
            Method = "GET", Route = "/a", StatusCode = 200, Duration = TimeSpan.FromSeconds(0.1),
        });
        runtime.Record(new DbCall { Operation = "SELECT", Table = "users", Duration = TimeSpan.FromSeconds(0.1) });
        runtime.Record(new ErrorEvent { ErrorType = "timeout", Severity = "critical" });
        runtime.Business.Counter("questions", ["source", "language"]).Add(1, "web", "fr");
        runtime.Business.Counter("revenue.usd", ["plan"]).Add(9.99, "pro");
    }

    private static void AssertFamily(
        MetricsSnapshot snapshot, string name, MetricKind kind, double[] buckets, params string[] tags)
    {
        Assert.True(snapshot.TryGetFamily(name, out var family), $"{name} is missing");
        Assert.Equal(kind, family.Descriptor.Kind);
        Assert.Equal(buckets, family.Descriptor.Bounds.ToArray());
        Assert.Equal(tags, family[0].Tags.ToArray().Select(static tag => tag.Key).Order(StringComparer.Ordinal));
    }
}
