using LlmMetrics.Tests.Budgets;

return BudgetProcess.Run(args);
