namespace LlmMetrics;

/// <summary>Whose spending a budget bounds.</summary>
public enum BudgetScope
{
    /// <summary>That of the whole app.</summary>
    App,

    /// <summary>That of each feature, or of one of them.</summary>
    Feature,

    /// <summary>That of each tenant, or of one of them.</summary>
    Tenant,
}
