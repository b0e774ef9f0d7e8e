using LlmMetrics.Workload.Output;

namespace LlmMetrics;

/// <summary>Writes a plan for people and programs. Reports hold figures and names only.</summary>
public static class WorkloadReport
{
    /// <summary>The plan as JSON, schema version 1 (<c>docs/planner.md</c>).</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The text, indented.</returns>
    public static string ToJson(WorkloadPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return PlanJson.Write(plan);
    }

    /// <summary>The plan as Markdown.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The text.</returns>
    public static string ToMarkdown(WorkloadPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return MarkdownReport.Write(plan);
    }

    /// <summary>The plan as one HTML page with charts; it loads nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <returns>The page.</returns>
    public static string ToHtml(WorkloadPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return PlanPage.Write(plan);
    }

    /// <summary>The letter to the provider.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="language"><c>en</c> or <c>fr</c>.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentException">There is no letter in that language.</exception>
    public static string ToLetter(WorkloadPlan plan, string language)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return language switch
        {
            "en" => ProviderLetter.English(plan),
            "fr" => ProviderLetter.French(plan),
            _ => throw new ArgumentException($"There is no letter in '{language}'; take en or fr.", nameof(language)),
        };
    }
}
