using LlmMetrics;

namespace ContentPipeline;

/// <summary>
/// The names that this system's JSON files have always had, with the agent in the name, and beside them the two
/// families that its Prometheus exporter showed, with the agent in a label.
/// </summary>
public static class ContentPipelineProfile
{
    /// <summary>How often a call is tried again before it counts as an error.</summary>
    public const int MaxRetries = 3;

    /// <summary>The profile.</summary>
    public static MetricProfile Create() => MetricProfile.Create("multi-agent", profile =>
    {
        AddWorkflow(profile);
        AddAgents(profile);
        AddApi(profile);
        AddContent(profile);
        AddFunctions(profile);
        AddPrometheus(profile);
    });

    private static ReadOnlySpan<double> AgentSeconds => [0.1, 0.5, 1, 2];

    private static ReadOnlySpan<double> CallSeconds => [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

    private static void AddWorkflow(MetricProfileBuilder profile)
    {
        profile.Histogram(FactKind.WorkflowRun, "workflow.duration")
            .Unit("s").Description("Durée totale d'exécution")
            .Buckets(1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600);
        profile.Counter(FactKind.WorkflowRun, "workflow.errors", FactValue.Errors)
            .Unit("{error}").Description("Nombre d'erreurs rencontrées");
        Items(profile, "workflow.files_processed", "files", "Nombre de fichiers traités");
        Items(profile, "workflow.articles_generated", "articles", "Nombre d'articles générés");
    }

    private static void AddAgents(MetricProfileBuilder profile)
    {
        profile.Counter(FactKind.AgentRun, "agent.{agent}.calls")
            .Unit("{run}").Description("Nombre total d'appels à l'agent {agent}");
        profile.Histogram(FactKind.AgentRun, "agent.{agent}.processing_time")
            .Unit("s").Description("Temps de traitement pour l'agent {agent} (secondes)").Buckets(AgentSeconds)
            .Tag("cache", tag => tag
                .Case(FactField.Outcome, "error", "error").Field(FactField.Cache).Otherwise("miss"));
        profile.Counter(FactKind.AgentRun, "agent.{agent}.cache")
            .Unit("{run}").Description("Utilisation du cache de l'agent {agent}")
            .When(FactField.Cache)
            .Tag("type", FactField.Cache);
        profile.Counter(FactKind.AgentRun, "agent.{agent}.errors", FactValue.Errors)
            .Unit("{error}").Description("Erreurs de l'agent {agent}")
            .Tag("error_type", FactField.ErrorType);
    }

    /// <summary>Calls on a model, by the agent that made them: the scope of its run says which.</summary>
    private static void AddApi(MetricProfileBuilder profile)
    {
        profile.Counter(FactKind.LlmCall, "agent.{agent}.api.calls")
            .Unit("{call}").Description("Nombre total d'appels API");
        profile.Histogram(FactKind.LlmCall, "agent.{agent}.api.response_time")
            .Unit("s").Description("Temps de réponse de l'API").Buckets(CallSeconds)
            .Tag("status_code", FactField.StatusCode)
            .Tag("model", FactField.ResponseModel, FactField.RequestModel);
        Tokens(profile, "agent.{agent}.api.tokens.prompt", FactValue.InputTokens);
        Tokens(profile, "agent.{agent}.api.tokens.completion", FactValue.OutputTokens);
        Tokens(profile, "agent.{agent}.api.tokens.total", FactValue.TotalTokens);
        profile.Counter(FactKind.LlmCall, "agent.{agent}.api.errors", FactValue.Errors)
            .Unit("{error}").Description("Erreurs lors des appels API")
            .Tag("status_code", FactField.StatusCode)
            .Tag("attempt", FactField.Attempts)
            .Constant("max_retries", "3");
    }

    private static void AddContent(MetricProfileBuilder profile)
    {
        Items(profile, "content.social_posts.generated", "social_posts", "Nombre de publications générées");
        Items(profile, "content.visuals.generated", "visuals", "Nombre de visuels générés");
        profile.Histogram(FactKind.AgentRun, "content.article.generation_time")
            .Unit("s").Description("Temps de génération").Buckets(CallSeconds)
            .When(FactField.Agent, "article_writer").When(FactField.Outcome, "ok");
    }

    private static void AddFunctions(MetricProfileBuilder profile)
    {
        profile.Counter(FactKind.FunctionRun, "function.{function}.calls")
            .Unit("{call}").Description("Appels de {function}");
        profile.Counter(FactKind.FunctionRun, "function.{function}.successes")
            .Unit("{call}").Description("Réussites de {function}").When(FactField.Outcome, "ok");
        profile.Counter(FactKind.FunctionRun, "function.{function}.failures")
            .Unit("{call}").Description("Échecs de {function}").WhenNot(FactField.Outcome, "ok");
        profile.Histogram(FactKind.FunctionRun, "function.{function}.duration")
            .Unit("s").Description("Temps d'exécution de {function}").Buckets(AgentSeconds);
    }

    private static void AddPrometheus(MetricProfileBuilder profile)
    {
        profile.Counter(FactKind.AgentRun, "agent.calls")
            .Unit("{run}").Description("Number of agent calls").Tag("agent_name", FactField.Agent);
        profile.Histogram(FactKind.AgentRun, "agent.processing_time")
            .Unit("s").Description("Agent processing time").Buckets(AgentSeconds)
            .Tag("agent_name", FactField.Agent);
    }

    private static void Items(MetricProfileBuilder profile, string name, string item, string description) =>
        profile.Counter(FactKind.RunItems, name, FactValue.Items)
            .Unit("{item}").Description(description).When(FactField.Name, item);

    private static void Tokens(MetricProfileBuilder profile, string name, FactValue value) =>
        profile.Counter(FactKind.LlmCall, name, value).Unit("{token}").Description("Tokens utilisés");
}
