using LlmMetrics;

namespace MigrationApi;

/// <summary>
/// The names that this system's alerts and dashboard have always used. Over Prometheus, dots become underscores,
/// counters end in <c>_total</c> and seconds in <c>_seconds</c>.
/// </summary>
public static class MigrationProfile
{
    /// <summary>Prefix of every name.</summary>
    public const string Prefix = "testboost";

    /// <summary>The profile.</summary>
    public static MetricProfile Create() => MetricProfile.Create(Prefix, profile =>
    {
        profile.WithPrefix(Prefix);
        AddModels(profile);
        AddWorkflows(profile);
        AddApi(profile);
    });

    private static void AddModels(MetricProfileBuilder profile)
    {
        profile.Counter(FactKind.LlmCall, "testboost.llm.calls")
            .Unit("{call}").Description("Nombre total d'appels LLM")
            .Tag("provider", FactField.Provider)
            .Tag("model", FactField.ResponseModel, FactField.RequestModel);
        profile.Counter(FactKind.LlmCall, "testboost.llm.errors", FactValue.Errors)
            .Unit("{error}").Description("Nombre d'erreurs LLM")
            .Tag("provider", FactField.Provider).Tag("error_type", FactField.ErrorType);
        profile.Counter(FactKind.LlmCall, "testboost.llm.rate_limit", FactValue.RateLimitHits)
            .Unit("{call}").Description("Rate limits rencontrés")
            .Tag("provider", FactField.Provider)
            .Preset("openai").Preset("groq").Preset("deepseek");
        profile.Histogram(FactKind.LlmCall, "testboost.llm.request.duration")
            .Unit("s").Description("Latence LLM").Buckets(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
            .Tag("provider", FactField.Provider);
    }

    private static void AddWorkflows(MetricProfileBuilder profile)
    {
        profile.Counter(FactKind.WorkflowRun, "testboost.workflow")
            .Unit("{run}").Description("Nombre de workflows exécutés")
            .Tag("status", tag => tag.Field(FactField.Outcome, ("ok", "success")))
            .Tag("workflow_type", FactField.Workflow);
        profile.Histogram(FactKind.WorkflowRun, "testboost.workflow.duration")
            .Unit("s").Description("Durée des workflows").Buckets(1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
            .Tag("workflow_type", FactField.Workflow);
    }

    private static void AddApi(MetricProfileBuilder profile)
    {
        profile.UpDownCounter(FactKind.ActiveSession, "testboost.active_sessions")
            .Unit("{session}").Description("Sessions actuellement actives");

        // What the document calls the pool's size are the connections in use. One pool, so no tag tells pools apart.
        profile.Gauge(FactKind.DbPool, "testboost.db.connection.pool.size", FactValue.UsedConnections)
            .Unit("{connection}").Description("Connexions DB actives");
        profile.Gauge(FactKind.DbPool, "testboost.db.connection.pool.max", FactValue.MaxConnections)
            .Unit("{connection}").Description("Taille max du pool");
        profile.Histogram(FactKind.HttpServerCall, "testboost.http.request.duration")
            .Unit("s").Description("Latence API")
            .Buckets(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 15, 30)
            .Tag("method", FactField.Method).Tag("path", FactField.Route);
    }
}
