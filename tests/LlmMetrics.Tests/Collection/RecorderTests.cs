namespace LlmMetrics.Tests.Collection;

public sealed class RecorderTests
{
    private static LlmCall Call(string model = "gpt-4o-mini", string feature = "chat") => new()
    {
        Provider = "openai",
        Operation = LlmOperation.Chat,
        RequestModel = model,
        ResponseModel = model,
        Feature = feature,
        InputTokens = 1000,
        OutputTokens = 500,
        CachedInputTokens = 0,
        Duration = TimeSpan.FromSeconds(1.5),
        Attempts = 1,
    };

    [Fact]
    public void Record_CallWithKnownPrice_CountsTokensCostAndDuration()
    {
        using var runtime = RuntimeBuilder.Create();

        runtime.Record(Call());
        runtime.Record(Call());

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(2, snapshot.Sum("llm.calls", ("outcome", "ok"), ("model", "gpt-4o-mini"), ("feature", "chat")));
        Assert.Equal(2000, snapshot.Sum("llm.tokens", ("type", "input")));
        Assert.Equal(1000, snapshot.Sum("llm.tokens", ("type", "output")));
        var cost = 2 * ((1000 * 0.15) + (500 * 0.6)) / 1e6;
        Assert.Equal(cost, snapshot.Sum("llm.cost.usd", ("source", "catalogue")), 12);
        Assert.Equal(2, snapshot.Sum("gen_ai.client.operation.duration"));
        Assert.Equal(double.NaN, snapshot.Sum("llm.cost.unpriced"));
        Assert.Equal(double.NaN, snapshot.Sum("llm.usage.missing"));
    }

    [Fact]
    public void Record_CallWithoutUsage_CountsItAsMissingAndInventsNoZero()
    {
        using var runtime = RuntimeBuilder.Create();

        runtime.Record(new LlmCall { Provider = "openai", Operation = "chat", RequestModel = "gpt-4o" });

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("llm.usage.missing", ("reason", "not_reported")));
        Assert.Equal(double.NaN, snapshot.Sum("llm.tokens"));
        Assert.Equal(double.NaN, snapshot.Sum("llm.cost.usd"));
        Assert.Equal(double.NaN, snapshot.Sum("llm.cost.unpriced"));
    }

    [Fact]
    public void Record_ModelWithoutPrice_CountsItAsUnpriced()
    {
        using var runtime = RuntimeBuilder.Create();

        runtime.Record(Call("nobody-knows-it"));

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("llm.cost.unpriced", ("model", "nobody-knows-it")));
        Assert.Equal(double.NaN, snapshot.Sum("llm.cost.usd"));
    }

    [Fact]
    public void Record_CostGiven_IsTakenAsTheProviders()
    {
        using var runtime = RuntimeBuilder.Create();

        runtime.Record(new LlmCall
        {
            Provider = "openai", Operation = "chat", RequestModel = "gpt-4o", InputTokens = 1, OutputTokens = 1,
            CostUsd = 0.25,
        });

        Assert.Equal(0.25, runtime.GetSnapshot().Sum("llm.cost.usd", ("source", "provider")));
    }

    [Fact]
    public async Task BeginScope_AcrossAwait_AttributesAndIsLeft()
    {
        using var runtime = RuntimeBuilder.Create();

        using (runtime.BeginScope(feature: "search", agent: "writer", tenant: "acme"))
        {
            await Task.Yield();
            using (runtime.BeginScope(agent: "editor"))
            {
                await Task.Yield();
                runtime.Record(new LlmCall { Provider = "x", InputTokens = 1, OutputTokens = 1 });
            }

            runtime.Record(new LlmCall { Provider = "x", InputTokens = 1, OutputTokens = 1 });
        }

        runtime.Record(new LlmCall { Provider = "x", InputTokens = 1, OutputTokens = 1 });

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("llm.calls", ("feature", "search"), ("agent", "editor"), ("tenant", "acme")));
        Assert.Equal(1, snapshot.Sum("llm.calls", ("feature", "search"), ("agent", "writer")));
        Assert.Equal(3, snapshot.Sum("llm.calls"));
    }

    [Fact]
    public void Record_MoreModelsThanAllowed_FoldsThemWithExactTotals()
    {
        using var runtime = RuntimeBuilder.Create(
            static options => options.Cardinality.MaxValues[FactField.RequestModel] = 10);

        for (var i = 0; i < 1000; i++)
        {
            runtime.Record(new LlmCall { Provider = "p", RequestModel = $"m{i}", InputTokens = 3, OutputTokens = 1 });
        }

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(3000, snapshot.Sum("llm.tokens", ("type", "input")));
        Assert.Equal(990 * 3, snapshot.Sum("llm.tokens", ("type", "input"), ("model", "__other__")));
        Assert.Equal(1, snapshot.Sum("llm.calls", ("model", "m9")));
        Assert.Equal(990, snapshot.Sum("llmmetrics.folded", ("name", "request_model")));
    }

    [Fact]
    public void Record_FoldedModelWithKnownPrice_IsStillPriced()
    {
        using var runtime = RuntimeBuilder.Create(options =>
        {
            options.Cardinality.MaxValues[FactField.RequestModel] = 1;
            options.Cardinality.MaxValues[FactField.ResponseModel] = 1;
        });

        runtime.Record(Call("gpt-4o"));
        runtime.Record(Call("gpt-4o-mini"));
        runtime.Record(Call("gpt-4o-mini"));

        var cost = 2 * ((1000 * 0.15) + (500 * 0.6)) / 1e6;
        Assert.Equal(cost, runtime.GetSnapshot().Sum("llm.cost.usd", ("model", "__other__")), 12);
    }

    [Fact]
    public void Record_MoreCombinationsThanSeries_KeepsTheCapAndTheTotal()
    {
        using var runtime = RuntimeBuilder.Create(options => options.Cardinality.MaxSeriesPerMetric = 100);

        for (var i = 0; i < 5000; i++)
        {
            runtime.Record(Call($"m{i % 70}", $"f{i % 71}"));
        }

        var snapshot = runtime.GetSnapshot();
        Assert.True(snapshot.TryGetFamily("llm.calls", out var calls));
        Assert.InRange(calls.Count, 80, 100);
        Assert.Equal(5000, snapshot.Sum("llm.calls"));
        Assert.Equal(5000 * 1000, snapshot.Sum("llm.tokens", ("type", "input")));
    }

    [Fact]
    public void Record_InSteadyState_AllocatesNothing()
    {
        using var runtime = RuntimeBuilder.Create();
        var call = Call();
        for (var i = 0; i < 1000; i++)
        {
            runtime.Record(in call);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            runtime.Record(in call);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Record_CacheHitOfUnpricedModel_CostsNothingAndSaysItsSource()
    {
        using var runtime = RuntimeBuilder.Create();

        runtime.Record(new LlmCall
        {
            Provider = "nobody", RequestModel = "unknown", InputTokens = 1, OutputTokens = 1, Cache = CacheResult.Hit,
        });

        Assert.Equal(0, runtime.GetSnapshot().Sum("llm.cost.usd", ("source", "catalogue")));
    }

    [Fact]
    public void Bind_WithAmbientTag_GivesLiveValuesTheTagToo()
    {
        using var runtime = RuntimeBuilder.Create(build: builder => builder.AddTag("region", static () => "eu"));
        var fact = default(LlmMetrics.Facts.FactData);

        runtime.Recorder.Bind(FactKind.ActiveLlmCall, in fact)!.Add(1);
        runtime.Recorder.Bind(FactKind.LlmChunk, in fact)!.Record(0.1);

        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("llm.calls.active", ("region", "eu")));
        Assert.Equal(1, snapshot.Sum("gen_ai.client.operation.time_per_output_chunk", ("region", "eu")));
    }

    [Fact]
    public void StartAgent_Disabled_MakesNoSpan()
    {
        using var runtime = RuntimeBuilder.Create(static options => options.Enabled = false);
        using var listener = new System.Diagnostics.ActivityListener
        {
            // By reference: other tests measure what a call allocates that nobody listens to.
            ShouldListenTo = source => ReferenceEquals(source, runtime.Activities),
            Sample = static (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) =>
                System.Diagnostics.ActivitySamplingResult.AllData,
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);

        using var run = runtime.StartAgent("quiet");

        Assert.NotEqual("invoke_agent quiet", System.Diagnostics.Activity.Current?.DisplayName);
    }

    [Fact]
    public void AddLlmMetrics_OptionsRegisteredBefore_WinOverTheEnvironmentsDefaults()
    {
        using var runtime = LlmMetricsRuntime.Create(static builder =>
        {
            var services = builder.Services;
            var environment = services.Single(
                static service => service.ImplementationType?.Name == "EnvironmentOptions");

            Assert.Same(environment, services[0]);
            Assert.Same(services, services.AddLlmMetrics().Services);
            Assert.Single(services, static service => service.ImplementationType?.Name == "EnvironmentOptions");
        });

        Assert.NotNull(runtime);
    }

    [Fact]
    public void Record_FactsThatFailed_HaveOneError()
    {
        FactKind[] kinds =
        [
            FactKind.LlmCall, FactKind.AgentRun, FactKind.WorkflowRun, FactKind.ToolRun, FactKind.FunctionRun,
            FactKind.DbCall, FactKind.HttpServerCall, FactKind.HttpClientCall,
        ];
        using var runtime = RuntimeBuilder.Create(MetricProfile.Create("errors", profile =>
        {
            foreach (var kind in kinds)
            {
                profile.Counter(kind, $"{kind}.errors", FactValue.Errors);
            }
        }));

        foreach (var outcome in (LlmOutcome[])[LlmOutcome.Ok, LlmOutcome.Error, LlmOutcome.Cancelled])
        {
            runtime.Record(new LlmCall { Outcome = outcome });
            runtime.Record(new AgentRun { Outcome = outcome });
            runtime.Record(new WorkflowRun { Outcome = outcome });
            runtime.Record(new ToolRun { Outcome = outcome });
            runtime.Record(new FunctionRun { Outcome = outcome });
            runtime.Record(new DbCall { Outcome = outcome });
        }

        runtime.Record(new HttpServerCall { StatusCode = 404 });
        runtime.Record(new HttpServerCall { StatusCode = 500, ErrorType = "500" });
        runtime.Record(new HttpClientCall { StatusCode = 200 });
        runtime.Record(new HttpClientCall { ErrorType = "connection_error" });

        var snapshot = runtime.GetSnapshot();
        Assert.All(kinds, kind => Assert.Equal(1, snapshot.Sum($"{kind}.errors")));
    }
}
