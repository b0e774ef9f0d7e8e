namespace LlmMetrics;

/// <summary>
/// What may be spent on language models in a day or month. A budget stops nothing: it shows, and tells when thresholds
/// are crossed.
/// </summary>
/// <remarks>
/// What is spent is a lower bound: calls whose cost is not known add nothing and are counted apart.
/// </remarks>
public sealed class BudgetOptions
{
    /// <summary>Its name in metrics and events, unique among the budgets.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>What may be spent in a period, in US dollars.</summary>
    /// <value>None: it has to be set. Above 0, at most 1,000,000,000.</value>
    public double LimitUsd { get; set; }

    /// <summary>How long the limit has to last.</summary>
    /// <value><see cref="BudgetPeriod.Daily"/>.</value>
    public BudgetPeriod Period { get; set; }

    /// <summary>Whose spending it bounds. Calls without a feature or tenant are in no budget of one.</summary>
    /// <value><see cref="BudgetScope.App"/>.</value>
    public BudgetScope Per { get; set; }

    /// <summary>The one feature or tenant that it bounds.</summary>
    /// <value><see langword="null"/>: each has the limit for itself, up to 1,000 of them.</value>
    public string? For { get; set; }

    /// <summary>Time zone in which days and months begin, by its IANA name, such as <c>Europe/Paris</c>.</summary>
    /// <value><c>UTC</c>.</value>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>
    /// Shares of the limit whose crossing is told, ascending: 0.8 is 80 %. At most 16, above 0, at most 100.
    /// </summary>
    /// <value>Empty, which means 0.8 and 1.</value>
    public IList<double> Thresholds { get; } = [];
}
