namespace LlmMetrics.Profiles;

/// <summary>Compact names under the app's own prefix.</summary>
internal static class PrefixedProfile
{
    private static readonly (string From, string To)[] _features =
    [
        (LlmOperation.TextToSpeech, "tts"),
        (LlmOperation.Realtime, "voice_realtime"),
    ];

    private static ReadOnlySpan<double> LlmSeconds => [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

    private static ReadOnlySpan<double> HttpSeconds =>
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 15, 30];

    private static ReadOnlySpan<double> DbSeconds => [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

    public static MetricProfile Create(string prefix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prefix);
        return MetricProfile.Create("prefixed:" + prefix, profile =>
        {
            profile.WithPrefix(prefix);
            AddLlm(profile, prefix);
            AddHttp(profile, prefix);
            AddDatabase(profile, prefix);
            BudgetInstruments.AddTo(profile, prefix + ".");
            BusinessInstruments.AddTo(profile, prefix);
            AddApp(profile, prefix);
        });
    }

    private static void AddLlm(MetricProfileBuilder profile, string prefix)
    {
        foreach (var (value, type) in new[]
        {
            (FactValue.InputTokens, "prompt"),
            (FactValue.OutputTokens, "completion"),
        })
        {
            profile.Counter(FactKind.LlmCall, prefix + ".llm.tokens", value)
                .Unit("{token}").Description("Tokens, by model and type.")
                .Constant("type", type).Tag("model", FactField.ResponseModel, FactField.RequestModel);
        }

        Feature(Model(profile.Counter(FactKind.LlmCall, prefix + ".llm.cost.usd", FactValue.CostUsd)
            .Unit("{usd}").Description("Cost in US dollars, by model and feature.")));
        Model(profile.Counter(FactKind.LlmCall, prefix + ".llm.requests")
            .Unit("{request}").Description("Language-model requests, by model and status."))
            .Tag("status", static tag => tag.Case(FactField.Outcome, "ok", "success").Otherwise("error"));
        Feature(Model(profile.Histogram(FactKind.LlmCall, prefix + ".llm.request.duration")
            .Unit("s").Description("Latency of language-model requests.").Buckets(LlmSeconds)));
    }

    private static void AddHttp(MetricProfileBuilder profile, string prefix)
    {
        profile.Counter(FactKind.HttpServerCall, prefix + ".http.requests")
            .Unit("{request}").Description("HTTP requests, by method, route template and status.")
            .Tag("method", FactField.Method).Tag("status", FactField.StatusCode).Tag("endpoint", FactField.Route);
        profile.Histogram(FactKind.HttpServerCall, prefix + ".http.request.duration")
            .Unit("s").Description("Latency of HTTP requests.").Buckets(HttpSeconds)
            .Tag("method", FactField.Method).Tag("endpoint", FactField.Route);
    }

    private static void AddDatabase(MetricProfileBuilder profile, string prefix)
    {
        profile.Histogram(FactKind.DbCall, prefix + ".db.query.duration")
            .Unit("s").Description("Latency of database queries.").Buckets(DbSeconds)
            .Tag("operation", FactField.Operation).Tag("table", FactField.Table);
        profile.Counter(FactKind.DbCall, prefix + ".db.queries")
            .Unit("{query}").Description("Database queries, by operation, table and status.")
            .Tag("status", static tag => tag.Case(FactField.Outcome, "ok", "success").Otherwise("error"))
            .Tag("operation", FactField.Operation).Tag("table", FactField.Table);
        profile.Gauge(FactKind.DbPool, prefix + ".db.connections.active", FactValue.UsedConnections)
            .Unit("{connection}").Description("Database connections in use, by pool.")
            .Tag("pool", FactField.Pool);
    }

    private static void AddApp(MetricProfileBuilder profile, string prefix)
    {
        profile.Counter(FactKind.ErrorEvent, prefix + ".errors")
            .Unit("{error}").Description("Errors, by type and severity.")
            .Tag("severity", FactField.Severity).Tag("type", FactField.ErrorType);
        profile.Gauge(FactKind.App, prefix + ".uptime", FactValue.Uptime)
            .Unit("s").Description("Time since the app started to measure.");
        profile.Gauge(FactKind.App, prefix + ".system.info", FactValue.Info)
            .Description("Always 1; the tags describe the app.")
            .Tag("version", FactField.AppVersion).Tag("runtime", FactField.AppRuntime);
    }

    private static InstrumentBuilder Model(InstrumentBuilder instrument) =>
        instrument.Tag("model", FactField.ResponseModel, FactField.RequestModel);

    /// <summary>Without a scope that names the feature, the operation stands for it.</summary>
    private static InstrumentBuilder Feature(InstrumentBuilder instrument) => instrument.Tag(
        "feature",
        static tag => tag.Field(FactField.Feature).Field(FactField.Operation, _features));
}
