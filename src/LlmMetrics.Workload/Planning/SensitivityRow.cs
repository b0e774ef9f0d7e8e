namespace LlmMetrics;

/// <summary>What the plan would be if one assumption were different.</summary>
/// <param name="Assumption">The assumption.</param>
/// <param name="Change">How it is changed.</param>
/// <param name="Gpus">GPUs needed; null if no number will do.</param>
/// <param name="P95Ms">P95 in the peak with them, in milliseconds; without any queue if no number will do.</param>
public sealed record SensitivityRow(string Assumption, string Change, int? Gpus, double P95Ms);
