namespace LlmMetrics.Profiles;

/// <summary>Names of this library for what no standard covers; part of both GenAI profiles.</summary>
internal static class LibraryInstruments
{
    public static void AddTo(MetricProfileBuilder profile)
    {
        AddCalls(profile);
        AddTokens(profile);
        AddMoney(profile);
        AddRuns(profile);
        DatabaseInstruments.AddTo(profile);
        BudgetInstruments.AddTo(profile);
        BusinessInstruments.AddTo(profile);
        AddApp(profile);
        AddSelf(profile);
    }

    private static void AddCalls(MetricProfileBuilder profile)
    {
        Attributed(Model(profile.Counter(FactKind.LlmCall, "llm.calls")
            .Unit("{call}").Description("Operations on language models.")
            .Tag("outcome", FactField.Outcome)));
        profile.UpDownCounter(FactKind.ActiveLlmCall, "llm.calls.active")
            .Unit("{call}")
            .Description("Operations under way. Over HTTP the model is known only if the address has it.")
            .Tag("operation", FactField.Operation).Tag("provider", FactField.Provider)
            .Tag("model", FactField.RequestModel);
        profile.Counter(FactKind.LlmCall, "llm.attempts", FactValue.Attempts)
            .Unit("{attempt}").Description("Tries that calls took; scope says if a call is an operation or a try.")
            .Tag("scope", FactField.CallScope)
            .Tag("provider", FactField.Provider).Tag("model", FactField.RequestModel);
        profile.Counter(FactKind.LlmCall, "llm.rate_limit.hits", FactValue.RateLimitHits)
            .Unit("{call}").Description("Tries that a provider refused for their rate; calls, if nobody counts tries.")
            .Tag("provider", FactField.Provider).Tag("model", FactField.RequestModel);
        profile.Gauge(FactKind.RateLimit, "llm.rate_limit.remaining", FactValue.Remaining)
            .Description("What is left of a provider's rate limit.")
            .Tag("unit", FactField.Name).Tag("provider", FactField.Provider).Tag("model", FactField.RequestModel);
        profile.Gauge(FactKind.RateLimit, "llm.rate_limit.limit", FactValue.Limit)
            .Description("A provider's rate limit.")
            .Tag("unit", FactField.Name).Tag("provider", FactField.Provider).Tag("model", FactField.RequestModel);
        profile.Histogram(FactKind.RateLimit, "llm.rate_limit.retry_after", FactValue.RetryAfter)
            .Unit("s").Description("Wait that providers asked for before the next try.").Buckets(GenAiBuckets.Seconds)
            .Tag("provider", FactField.Provider).Tag("model", FactField.RequestModel);
    }

    private static void AddTokens(MetricProfileBuilder profile)
    {
        foreach (var (value, type) in new[]
        {
            (FactValue.InputTokens, "input"),
            (FactValue.OutputTokens, "output"),
            (FactValue.CachedInputTokens, "cache_read"),
            (FactValue.CacheWriteInputTokens, "cache_write"),
            (FactValue.ReasoningOutputTokens, "reasoning"),
        })
        {
            Attributed(Model(profile.Counter(FactKind.LlmCall, "llm.tokens", value)
                .Unit("{token}")
                .Description("Tokens by type; all types but input and output are parts of these two.")
                .Constant("type", type)));
        }

        Attributed(Model(profile.Counter(FactKind.LlmCall, "llm.tokens.estimated", FactValue.EstimatedInputTokens)
            .Unit("{token}").Description("Estimated tokens of calls that told none, if the app asks for estimates.")
            .Constant("type", "input")));
        Attributed(Model(profile.Counter(FactKind.LlmCall, "llm.tokens.estimated", FactValue.EstimatedOutputTokens)
            .Unit("{token}").Description("Estimated tokens of calls that told none, if the app asks for estimates.")
            .Constant("type", "output")));
        profile.Counter(FactKind.LlmCall, "llm.usage.missing", FactValue.UsageMissing)
            .Unit("{call}").Description("Calls whose tokens the provider did not tell.")
            .Tag("reason", FactField.UsageMissing).Tag("provider", FactField.Provider)
            .Tag("model", FactField.ResponseModel, FactField.RequestModel);
        Voice(profile, "llm.voice.characters", FactValue.Characters, "{character}",
            "Characters given to speech models.");
        Voice(profile, "llm.voice.audio_seconds", FactValue.AudioSeconds, string.Empty, "Seconds of audio.");
    }

    private static void AddMoney(MetricProfileBuilder profile)
    {
        Attributed(Model(profile.Counter(FactKind.LlmCall, "llm.cost.usd", FactValue.CostUsd)
            .Unit("{usd}").Description("Cost in US dollars of calls whose price is known.")
            .Tag("source", FactField.CostSource)));
        profile.Counter(FactKind.LlmCall, "llm.cost.unpriced", FactValue.Unpriced)
            .Unit("{call}").Description("Calls that used something whose cost is not known.")
            .Tag("provider", FactField.Provider).Tag("model", FactField.ResponseModel, FactField.RequestModel);
        profile.Counter(FactKind.LlmCall, "llm.cost.cache_savings.usd", FactValue.CacheSavingsUsd)
            .Unit("{usd}")
            .Description("Money that caches saved, in US dollars: the provider's, or the app's own of whole answers.")
            .Tag("cache", static tag => tag.Case(FactField.Cache, "hit", "app").Otherwise("provider"))
            .Tag("provider", FactField.Provider).Tag("model", FactField.ResponseModel, FactField.RequestModel);
    }

    /// <summary>What the drafts' histograms of agents, workflows and tools do not say, and functions.</summary>
    private static void AddRuns(MetricProfileBuilder profile)
    {
        profile.Counter(FactKind.AgentRun, "llm.agent.runs")
            .Unit("{run}").Description("Runs of agents, by how they ended and what their cache did.")
            .Tag("outcome", FactField.Outcome).Tag("cache", FactField.Cache)
            .Tag("agent", FactField.Agent).Tag("feature", FactField.Feature).Tag("workflow", FactField.Workflow);
        profile.Counter(FactKind.RunItems, "app.items", FactValue.Items)
            .Unit("{item}").Description("Items that agents, workflows, tools and functions have dealt with.")
            .Tag("item", FactField.Name).Tag("agent", FactField.Agent).Tag("workflow", FactField.Workflow);
        profile.Histogram(FactKind.FunctionRun, "app.function.duration")
            .Unit("s").Description("Duration of measured functions.").Buckets(GenAiBuckets.Seconds)
            .Tag("outcome", FactField.Outcome).Tag("function", FactField.Function)
            .Tag("error.type", FactField.ErrorType);
    }

    private static void AddApp(MetricProfileBuilder profile)
    {
        profile.Counter(FactKind.ErrorEvent, "app.errors")
            .Unit("{error}").Description("Errors that the app met.")
            .Tag("type", FactField.ErrorType).Tag("severity", FactField.Severity);
        profile.Gauge(FactKind.App, "app.uptime", FactValue.Uptime)
            .Unit("s").Description("Time since the app started to measure.");
        profile.Gauge(FactKind.App, "app.info", FactValue.Info)
            .Description("Always 1; the tags describe the app.")
            .Tag("version", FactField.AppVersion).Tag("runtime", FactField.AppRuntime);
    }

    private static void AddSelf(MetricProfileBuilder profile)
    {
        profile.Counter(FactKind.Self, "llmmetrics.dropped", FactValue.Dropped)
            .Unit("{measurement}").Description("Measurements and observations that the library gave up.")
            .Tag("reason", FactField.Reason);
        profile.Counter(FactKind.Self, "llmmetrics.folded", FactValue.Folded)
            .Unit("{measurement}").Description("Measurements recorded under a folded tag, by field or metric.")
            .Tag("name", FactField.Name);
        profile.Gauge(FactKind.App, "llm.price_data.age", FactValue.PriceDataAge)
            .Unit("s").Description("Time since the day that prices are of, by where they come from.")
            .Tag("source", FactField.Name);
        profile.Counter(FactKind.Self, "llmmetrics.price_files.loads", FactValue.PriceLoads)
            .Unit("{load}").Description("Price files that were read; a reason says why one could not be used.")
            .Tag("file", FactField.Name).Tag("reason", FactField.Reason);
        profile.Gauge(FactKind.App, "llmmetrics.price_files.refused", FactValue.PriceFilesRefused)
            .Unit("{file}").Description("Price files whose text on disk is not in use, because it cannot be used.");
        profile.Gauge(FactKind.App, "llmmetrics.series", FactValue.Series)
            .Unit("{series}").Description("Series of all metrics.");
        profile.Histogram(FactKind.Self, "llmmetrics.export.duration")
            .Unit("s").Description("Duration of exports.").Buckets(GenAiBuckets.Seconds)
            .Tag("exporter", FactField.Name);
        profile.Counter(FactKind.Self, "llmmetrics.export.failures", FactValue.ExportFailures)
            .Unit("{export}").Description("Exports that failed or ran out of time.")
            .Tag("exporter", FactField.Name).Tag("reason", FactField.Reason);
    }

    private static void Voice(
        MetricProfileBuilder profile, string name, FactValue value, string unit, string description) =>
        profile.Counter(FactKind.LlmCall, name, value).Unit(unit).Description(description)
            .Tag("operation", FactField.Operation).Tag("provider", FactField.Provider)
            .Tag("model", FactField.ResponseModel, FactField.RequestModel);

    private static InstrumentBuilder Model(InstrumentBuilder instrument) => instrument
        .Tag("operation", FactField.Operation)
        .Tag("provider", FactField.Provider)
        .Tag("model", FactField.ResponseModel, FactField.RequestModel);

    /// <summary>Who the call was made for. A tenant is the most numerous of these, so it folds first.</summary>
    private static InstrumentBuilder Attributed(InstrumentBuilder instrument) => instrument
        .Tag("feature", FactField.Feature)
        .Tag("agent", FactField.Agent)
        .Tag("workflow", FactField.Workflow)
        .Tag("tenant", FactField.Tenant);
}
