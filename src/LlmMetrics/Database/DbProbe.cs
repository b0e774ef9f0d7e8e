using System.Data.Common;
using System.Diagnostics;
using LlmMetrics.Collection;
using LlmMetrics.Facts;

namespace LlmMetrics.Database;

/// <summary>Records the commands of one data source, connection or context. Nothing here throws.</summary>
internal sealed class DbProbe(LlmMetricsRuntime runtime, DbDriver driver, DbPool? pool, bool measuresReaders)
{
    /// <summary>What a database says when a command was cancelled.</summary>
    private const string QueryCanceled = "57014";

    public DbDriver Driver => driver;

    public DbPool? Pool => pool;

    public bool MeasuresReaders => measuresReaders;

    public bool IsEnabled => runtime.IsEnabled(FactKind.DbCall);

    public long Now => runtime.Time.GetTimestamp();

    public SqlSummary Summarise(DbCommand command)
    {
        try
        {
            return SqlStatements.Summarise(command.CommandText, command.CommandType);
        }
        catch (Exception exception)
        {
            runtime.Diagnostics.Failed(LossReason.Failure, exception);
            return default;
        }
    }

    public SqlSummary Summarise(DbBatch batch)
    {
        try
        {
            return SqlBatches.Summarise(batch.BatchCommands);
        }
        catch (Exception exception)
        {
            runtime.Diagnostics.Failed(LossReason.Failure, exception);
            return default;
        }
    }

    public void Succeeded(in SqlSummary summary, long started, long? rows) =>
        Record(in summary, runtime.Time.GetElapsedTime(started), LlmOutcome.Ok, null, rows);

    public void Succeeded(in SqlSummary summary, TimeSpan duration, long? rows) =>
        Record(in summary, duration, LlmOutcome.Ok, null, rows);

    public void Failed(
        in SqlSummary summary, long started, Exception exception, bool wasCancelled, long? rows = null) =>
        Failed(in summary, runtime.Time.GetElapsedTime(started), exception, wasCancelled, rows);

    public void Failed(
        in SqlSummary summary, TimeSpan duration, Exception exception, bool wasCancelled, long? rows = null)
    {
        var cancelled = exception is OperationCanceledException
            || (wasCancelled && exception is DbException { SqlState: QueryCanceled });
        Record(
            in summary, duration, cancelled ? LlmOutcome.Cancelled : LlmOutcome.Error,
            cancelled ? null : DbErrors.TypeOf(exception), rows);
    }

    public void Cancelled(in SqlSummary summary, TimeSpan duration) =>
        Record(in summary, duration, LlmOutcome.Cancelled, null, null);

    private void Record(in SqlSummary summary, TimeSpan duration, LlmOutcome outcome, string? error, long? rows)
    {
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.Provider] = driver.System;
        fact.KeyFields[(int)FactField.Operation] = summary.Operation;
        fact.KeyFields[(int)FactField.Table] = summary.Table;
        fact.KeyFields[(int)FactField.Pool] = pool?.Name;
        fact.KeyFields[(int)FactField.ErrorType] = error;
        fact.Closed.Outcome = (int)outcome;
        fact.Closed.HasOutcome = true;
        fact.Closed.MeasuredByDriver = driver.Meter is not null && runtime.Pools.IsMeasuredBy(driver);
        fact.Set(FactValue.Duration, duration);
        fact.Set(FactValue.Rows, rows);
        if (Activity.Current is { Recorded: true } span)
        {
            fact.Trace = span.Context;
        }

        runtime.Recorder.Record(FactKind.DbCall, in fact);
    }
}
