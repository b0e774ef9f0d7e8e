namespace LlmMetrics.Collection;

/// <summary>Why measurements are given up: the values of <c>llmmetrics.dropped</c>'s reason.</summary>
internal static class LossReason
{
    public const string Negative = "negative";
    public const string NotFinite = "not_finite";
    public const string Failure = "failure";
    public const string Callback = "callback";
    public const string AmbiguousRuntime = "ambiguous_runtime";
    public const string Listener = "listener";
    public const string Enricher = "enricher";
    public const string Observer = "observer";
    public const string Reentrant = "reentrant";
    public const string NameConflict = "name_conflict";
    public const string Budgets = "too_many_budgets";
    public const string BudgetState = "budget_state";
    public const string Users = "too_many_users";
    public const string Instruments = "too_many_instruments";
}
