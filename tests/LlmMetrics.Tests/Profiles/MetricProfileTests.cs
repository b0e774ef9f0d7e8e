using LlmMetrics.Facts;

namespace LlmMetrics.Tests.Profiles;

public sealed class MetricProfileTests
{
    [Fact]
    public void GenAi_AndItsSuccessor_MakeTheConventionsNames()
    {
        using var runtime = RuntimeBuilder.Create(configure: null, static builder => builder
            .AddProfile(MetricProfile.GenAi).AddProfile(MetricProfile.GenAiNext));
        runtime.Record(new LlmCall
        {
            Provider = "openai", Operation = "chat", RequestModel = "gpt-4o", ResponseModel = "gpt-4o-2024-08-06",
            ServerAddress = "api.openai.com", ServerPort = 443, InputTokens = 10, OutputTokens = 5,
            Duration = TimeSpan.FromSeconds(2), TimeToFirstChunk = TimeSpan.FromSeconds(0.5),
        });
        runtime.Record(new LlmCall
        {
            Provider = "openai", Operation = "embeddings", RequestModel = "e", InputTokens = 7,
            Duration = TimeSpan.FromSeconds(1), Outcome = LlmOutcome.Error, ErrorType = "429",
        });

        var snapshot = runtime.GetSnapshot();

        Assert.Equal(1, snapshot.Sum("gen_ai.client.token.usage", ("gen_ai.token.type", "output")));
        Assert.Equal(1, snapshot.Sum(
            "gen_ai.client.operation.duration", ("gen_ai.operation.name", "chat"), ("gen_ai.provider.name", "openai"),
            ("gen_ai.request.model", "gpt-4o"), ("gen_ai.response.model", "gpt-4o-2024-08-06"),
            ("server.address", "api.openai.com"), ("server.port", "443")));
        Assert.Equal(1, snapshot.Sum("gen_ai.client.operation.duration", ("error.type", "429")));
        Assert.Equal(1, snapshot.Sum("gen_ai.client.operation.time_to_first_chunk"));
        Assert.Equal(10, snapshot.Sum("gen_ai.client.inference.usage.input_tokens"));
        Assert.Equal(1, snapshot.Sum("gen_ai.client.inference.duration"));
        Assert.Equal(1, snapshot.Sum("gen_ai.client.embeddings.duration", ("error.type", "429")));
        Assert.Equal(2, snapshot.Sum("llm.calls"));
        Assert.True(snapshot.TryGetFamily("gen_ai.client.token.usage", out var tokens));
        Assert.Equal(14, tokens.Descriptor.Bounds.Length);
        Assert.Equal(67108864, tokens.Descriptor.Bounds.Span[^1]);
    }

    [Fact]
    public void Name_WithPlaceholder_IsBoundedSanitisedAndLeftOutWithoutValue()
    {
        using var runtime = RuntimeBuilder.Create(MetricProfile.Create("agents", static profile => profile
            .Counter(FactKind.AgentRun, "agent.{agent}.calls").Description("Calls of {agent}.")));

        for (var i = 0; i < 60; i++)
        {
            runtime.Record(new AgentRun { Agent = i == 0 ? "pdf analyzer/é\n" : $"agent{i}" });
        }

        runtime.Record(default(AgentRun));

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(51, snapshot.Families.Count);
        Assert.Equal(1, snapshot.Sum("agent.pdf_analyzer___.calls"));
        Assert.Equal(1, snapshot.Sum("agent.agent49.calls"));
        Assert.Equal(10, snapshot.Sum("agent.__other__.calls"));
        Assert.True(snapshot.TryGetFamily("agent.agent7.calls", out var seven));
        Assert.Equal("Calls of agent7.", seven.Descriptor.Description);
    }

    [Fact]
    public void Name_FilledInLikeAnotherKind_IsRefusedAndCounted()
    {
        using var runtime = RuntimeBuilder.Create(MetricProfile.Create("clash", static profile =>
        {
            profile.Counter(FactKind.AgentRun, "agent.{agent}.calls");
            profile.Histogram(FactKind.AgentRun, "agent.{agent}").Buckets(1, 2);
            profile.Counter(FactKind.Self, "dropped", FactValue.Dropped).Tag("reason", FactField.Reason);
        }));

        runtime.Record(new AgentRun { Agent = "x", Duration = TimeSpan.FromSeconds(1) });
        runtime.Record(new AgentRun { Agent = "x.calls", Duration = TimeSpan.FromSeconds(1) });

        var snapshot = runtime.GetSnapshot();
        Assert.True(snapshot.TryGetFamily("agent.x.calls", out var calls));
        Assert.Equal(MetricKind.Counter, calls.Descriptor.Kind);
        Assert.Equal(1, calls[0].Int64Value);
        Assert.Equal(1, snapshot.Sum("dropped", ("reason", "name_conflict")));
    }

    [Fact]
    public void Tags_CasesMapsConstantsConditionsAndScale_AreApplied()
    {
        using var runtime = RuntimeBuilder.Create(MetricProfile.Create("mapped", static profile =>
        {
            profile.Counter(FactKind.LlmCall, "calls")
                .Tag("cache", static tag => tag
                    .Case(FactField.Outcome, "error", "error").Field(FactField.Cache, ("hit", "HIT")).Otherwise("none"))
                .Constant("kind", "llm").WhenNot(FactField.Operation, "embeddings");
            profile.Histogram(FactKind.LlmCall, "time").Unit("ms", scale: 1000).Buckets(100, 1000, 10_000)
                .When(FactField.RequestModel);
            profile.Histogram(FactKind.LlmChunk, "chunk.time").Unit("ms", scale: 1000).Buckets(1, 10, 100);
            profile.Counter(FactKind.LlmChunk, "chunks");
        }));
        runtime.Record(new LlmCall { RequestModel = "m", Cache = CacheResult.Hit, Duration = TimeSpan.FromSeconds(2) });
        runtime.Record(new LlmCall { Outcome = LlmOutcome.Error, Cache = CacheResult.Hit });
        runtime.Record(new LlmCall { Cache = CacheResult.Miss });
        runtime.Record(default(LlmCall));
        runtime.Record(new LlmCall { Operation = "embeddings" });
        var chunks = runtime.Recorder.Bind(FactKind.LlmChunk, default)!;
        chunks.Record(0.005);
        chunks.Record(0.05);

        var snapshot = runtime.GetSnapshot();

        Assert.Equal(1, snapshot.Sum("calls", ("cache", "HIT"), ("kind", "llm")));
        Assert.Equal(1, snapshot.Sum("calls", ("cache", "error")));
        Assert.Equal(1, snapshot.Sum("calls", ("cache", "miss")));
        Assert.Equal(1, snapshot.Sum("calls", ("cache", "none")));
        Assert.Equal(4, snapshot.Sum("calls"));
        Assert.True(snapshot.TryGetFamily("time", out var time));
        Assert.Equal(2000, Assert.Single(time).Sum);
        Assert.True(snapshot.TryGetFamily("chunk.time", out var chunk));
        Assert.Equal([0, 1, 1, 0], chunk[0].BucketCounts.ToArray());
        Assert.Equal(2, snapshot.Sum("chunks"));
    }

    [Fact]
    public void Create_WrongDefinitions_ListsEveryError()
    {
        var error = Assert.Throws<ArgumentException>(() => MetricProfile.Create("wrong", static profile =>
        {
            profile.WithPrefix("1st");
            profile.Counter(FactKind.LlmCall, "9 lives");
            profile.Histogram(FactKind.LlmCall, "no.buckets");
            profile.Histogram(FactKind.LlmCall, "descending").Buckets(2, 1);
            profile.Histogram(FactKind.LlmCall, "halves", FactValue.InputTokens).Buckets(0.5, 1);
            profile.Counter(FactKind.LlmCall, "bucketed").Buckets(1);
            profile.Counter(FactKind.LlmCall, "scaled").Unit("x", scale: 0);
            profile.Counter(FactKind.LlmCall, "twice.tagged").Tag("a", FactField.Agent).Tag("a", FactField.Task);
            profile.Counter(FactKind.LlmCall, "by.{outcome}");
            profile.Counter(FactKind.LlmCall, "doubly");
            profile.Gauge(FactKind.LlmCall, "doubly", FactValue.Duration);
            profile.Histogram(FactKind.AgentRun, "no.such.figure", FactValue.InputTokens).Buckets(1);
            profile.UpDownCounter(FactKind.LlmCall, "never.falls");
            profile.Counter(FactKind.ActiveLlmCall, "falls");
        }));

        foreach (var subject in new[]
        {
            "prefix '1st'", "'9 lives' is not a legal", "'no.buckets' has no buckets", "'descending' must be finite",
            "'halves' must be whole", "'bucketed' has buckets", "'scaled' has scale 0",
            "'twice.tagged' has tag 'a' twice",
            "'by.{outcome}' has a closed field", "'doubly' is defined twice", "'no.such.figure' takes InputTokens",
            "'never.falls' is an up-down", "'falls' follows what is under way",
        })
        {
            Assert.Contains(subject, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Profiles_InConflict_FailAtStartAndSayWhich()
    {
        var one = MetricProfile.Create("one", static p => p.Counter(FactKind.LlmCall, "same.name"));
        var two = MetricProfile.Create("two", static p => p
            .Counter(FactKind.LlmCall, "same.name").When(FactField.Operation, "chat"));
        var alsoOne = MetricProfile.Create("one", static p => p.Counter(FactKind.LlmCall, "other.name"));

        var conflict = Assert.Throws<InvalidOperationException>(() => Use(one, two));
        var names = Assert.Throws<InvalidOperationException>(() => Use(one, alsoOne));

        Assert.Contains("'one' and 'two' both define 'same.name'", conflict.Message, StringComparison.Ordinal);
        Assert.Contains("called 'one'", names.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_BeforeTheFirstFigure_MakesNoSeries()
    {
        using var runtime = RuntimeBuilder.Create();
        var keys = default(FactData);
        keys.KeyFields[(int)FactField.RequestModel] = "m";

        var active = runtime.Recorder.Bind(FactKind.ActiveLlmCall, in keys)!;

        Assert.False(runtime.GetSnapshot().TryGetFamily("llm.calls.active", out _));
        active.Add(1);
        Assert.Equal(1, runtime.GetSnapshot().Sum("llm.calls.active", ("model", "m")));
    }

    private static void Use(params MetricProfile[] profiles) => RuntimeBuilder.Create(configure: null, builder =>
    {
        foreach (var profile in profiles)
        {
            builder.AddProfile(profile);
        }
    }).Dispose();

    [Fact]
    public void Preset_KnownSeries_ExistsFromTheStartAtZero()
    {
        var profile = MetricProfile.Create("p", static profile =>
        {
            profile.Counter(FactKind.LlmCall, "llm", FactValue.InputTokens).Constant("type", "prompt")
                .Tag("model", FactField.RequestModel).Tag("dropped", FactField.Feature).Preset("m", "f");
            profile.Counter(FactKind.LlmCall, "llm", FactValue.OutputTokens).Constant("type", "completion")
                .Tag("model", FactField.RequestModel).Tag("dropped", FactField.Feature);
        }).Preset("llm", "n", "f");
        using var runtime = RuntimeBuilder.Create(profile, static options =>
        {
            options.DroppedTags.Add("dropped");
            options.ConstantTags["region"] = "eu";
        });

        var before = runtime.GetSnapshot();
        runtime.Record(new LlmCall { RequestModel = "m", InputTokens = 5 });

        Assert.Equal(0, before.Sum("llm", ("type", "prompt"), ("model", "m"), ("region", "eu")));
        Assert.Equal(0, before.Sum("llm", ("type", "prompt"), ("model", "n")));
        Assert.Equal(0, before.Sum("llm", ("type", "completion"), ("model", "n")));
        Assert.True(before.TryGetFamily("llm", out var family));
        Assert.Equal(3, family.Count);
        Assert.True(runtime.GetSnapshot().TryGetFamily("llm", out family));
        Assert.Equal(3, family.Count);
        Assert.Equal(5, runtime.GetSnapshot().Sum("llm", ("type", "prompt"), ("model", "m")));
    }

    [Fact]
    public void Preset_OfWhatCannotBePreset_SaysEverythingThatIsWrong()
    {
        var error = Assert.Throws<ArgumentException>(static () => MetricProfile.Create("p", static profile =>
        {
            profile.Histogram(FactKind.LlmCall, "a").Buckets(1).Tag("model", FactField.RequestModel).Preset("m");
            profile.Counter(FactKind.LlmCall, "b").Tag("model", FactField.RequestModel).Preset("m", "n");
            profile.Counter(FactKind.AgentRun, "c.{agent}").Preset();
        }));

        Assert.Contains("'a' presets", error.Message, StringComparison.Ordinal);
        Assert.Contains("'b' has a preset without", error.Message, StringComparison.Ordinal);
        Assert.Contains("'c.{agent}' presets", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(static () => MetricProfile.Prefixed("p").Preset("missing", "x"));
    }
}
