namespace LlmMetrics.Budgets;

/// <summary>Finds every error of the budgets at once.</summary>
internal static class BudgetOptionsValidator
{
    private const int MaxBudgets = 100;
    private const int MaxNameLength = 100;
    private const int MaxThresholds = 16;
    private const double MaxLimit = 1e9;
    private const double MaxThreshold = 100;

    public static void Check(LlmMetricsOptions options, List<string> errors)
    {
        if (options.Budgets.Count > MaxBudgets)
        {
            errors.Add($"LlmMetrics:Budgets has {options.Budgets.Count} entries; at most {MaxBudgets} are allowed.");
        }

        for (var i = 0; i < options.Budgets.Count; i++)
        {
            Check($"LlmMetrics:Budgets:{i}", options.Budgets[i], errors);
        }

        foreach (var twice in options.Budgets.GroupBy(static budget => budget.Name).Where(static g => g.Count() > 1))
        {
            errors.Add($"LlmMetrics:Budgets has '{twice.Key}' {twice.Count()} times; names must be unique.");
        }

        if (options.BudgetStateFile is { } file
            && (string.IsNullOrWhiteSpace(file) || Path.EndsInDirectorySeparator(file) || file.Contains('\0')))
        {
            errors.Add($"LlmMetrics:BudgetStateFile is '{file.Replace('\0', '?')}'; it must be the path of a file.");
        }
    }

    private static void Check(string key, BudgetOptions budget, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(budget.Name) || budget.Name.Length > MaxNameLength)
        {
            errors.Add($"{key}:Name is '{budget.Name}'; it must have 1 to {MaxNameLength} characters.");
        }

        if (budget.LimitUsd is not (> 0 and <= MaxLimit))
        {
            errors.Add($"{key}:LimitUsd is {budget.LimitUsd}; it must be above 0 and at most {MaxLimit}.");
        }

        if (!Enum.IsDefined(budget.Period))
        {
            errors.Add($"{key}:Period is {budget.Period}; it must be {nameof(BudgetPeriod.Daily)} or "
                + $"{nameof(BudgetPeriod.Monthly)}.");
        }

        if (!Enum.IsDefined(budget.Per))
        {
            errors.Add($"{key}:Per is {budget.Per}; it must be {nameof(BudgetScope.App)}, "
                + $"{nameof(BudgetScope.Feature)} or {nameof(BudgetScope.Tenant)}.");
        }

        if (budget.For is not null && (budget.Per == BudgetScope.App || budget.For.Length == 0))
        {
            errors.Add($"{key}:For is '{budget.For}'; it must name the feature or tenant that {key}:Per speaks of.");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(budget.TimeZone ?? string.Empty, out _))
        {
            errors.Add($"{key}:TimeZone is '{budget.TimeZone}', which this machine does not know; it must be an IANA "
                + "name, such as Europe/Paris, or UTC.");
        }

        var thresholds = budget.Thresholds;
        if (thresholds.Count > MaxThresholds || thresholds.Any(static share => share is not (> 0 and <= MaxThreshold))
            || thresholds.Zip(thresholds.Skip(1)).Any(static pair => pair.Second <= pair.First))
        {
            errors.Add($"{key}:Thresholds is [{string.Join(", ", thresholds)}]; it must be at most {MaxThresholds} "
                + $"shares above 0 and at most {MaxThreshold}, ascending.");
        }
    }
}
