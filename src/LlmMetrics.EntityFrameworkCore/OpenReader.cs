using LlmMetrics.Database;

namespace LlmMetrics.EntityFrameworkCore;

/// <summary>
/// A command whose reader is open: the wrapper's reader where there is one, else when and how it began.
/// </summary>
internal sealed record OpenReader(MeasuredReader? Measured, SqlSummary Summary, long Started);
