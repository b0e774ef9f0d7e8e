using System.Runtime.InteropServices;

namespace LlmMetrics.Budgets;

/// <summary>What a state was when it was added to the file, to be kept once the file is written.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BudgetMerge(
    BudgetState State, double Own, long OwnUnpriced, double Total, long TotalUnpriced, bool IsNew);
