using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using LlmMetrics.Database;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LlmMetrics.EntityFrameworkCore;

/// <summary>
/// Records the commands of contexts. Holds nothing of a context: what it knows of an open reader goes with the reader.
/// </summary>
internal sealed class CommandInterceptor : DbCommandInterceptor
{
    private const int MaxPools = 100;

    private static readonly ConditionalWeakTable<LlmMetricsRuntime, Dictionary<string, CommandInterceptor>> _known =
        [];

    private readonly ConditionalWeakTable<DbDataReader, OpenReader> _readers = [];
    private readonly string? _pool;
    private volatile DbProbe? _probe;

    private CommandInterceptor(LlmMetricsRuntime runtime, string? pool) => (Runtime, _pool) = (runtime, pool);

    public LlmMetricsRuntime Runtime { get; }

    /// <summary>The interceptor of a runtime and pool: one for all its contexts.</summary>
    public static CommandInterceptor For(LlmMetricsRuntime runtime, string? pool)
    {
        var known = _known.GetValue(
            runtime, static _ => new Dictionary<string, CommandInterceptor>(StringComparer.Ordinal));
        lock (known)
        {
            if (!known.TryGetValue(pool ?? string.Empty, out var interceptor))
            {
                interceptor = new CommandInterceptor(runtime, pool);
                if (known.Count < MaxPools)
                {
                    known.Add(pool ?? string.Empty, interceptor);
                }
            }

            return interceptor;
        }
    }

    public override DbDataReader ReaderExecuted(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result) =>
        Opened(command, eventData, result);

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result,
        CancellationToken cancellationToken = default) => new(Opened(command, eventData, result));

    public override InterceptionResult DataReaderDisposing(
        DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        if (_readers.TryGetValue(eventData.DataReader, out var open))
        {
            _readers.Remove(eventData.DataReader);
            Closed(command, eventData, open);
        }

        return result;
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Succeeded(command, eventData.Duration, result < 0 ? null : result);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result,
        CancellationToken cancellationToken = default)
    {
        Succeeded(command, eventData.Duration, result < 0 ? null : result);
        return new(result);
    }

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result)
    {
        Succeeded(command, eventData.Duration, rows: null);
        return result;
    }

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result,
        CancellationToken cancellationToken = default)
    {
        Succeeded(command, eventData.Duration, rows: null);
        return new(result);
    }

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) =>
        Failed(command, eventData);

    public override Task CommandFailedAsync(
        DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Failed(command, eventData);
        return Task.CompletedTask;
    }

    public override void CommandCanceled(DbCommand command, CommandEndEventData eventData) =>
        Cancelled(command, eventData);

    public override Task CommandCanceledAsync(
        DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Cancelled(command, eventData);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Queries get a reader that counts rows, where the provider is known to take any. What saves changes gets the
    /// driver's own, which providers cast (Npgsql's does); it is recorded when that one ends.
    /// </summary>
    private DbDataReader Opened(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        var isQuery = eventData.CommandSource is CommandSource.LinqQuery or CommandSource.FromSqlQuery;
        if (result is MeasuredReader measured)
        {
            if (isQuery)
            {
                return result;
            }

            _readers.AddOrUpdate(measured.Inner, new OpenReader(measured, default, 0));
            return measured.Inner;
        }

        if (!IsMeasured(command, out var probe))
        {
            return result;
        }

        var summary = probe.Summarise(command);
        var started = probe.Now - (long)(eventData.Duration.TotalSeconds * Runtime.Time.TimestampFrequency);
        if (isQuery && probe.Driver.QueriesTakeAnyReader)
        {
            return MeasuredReader.Open(result, probe, null, CommandBehavior.Default, in summary, started);
        }

        _readers.AddOrUpdate(result, new OpenReader(null, summary, started));
        return result;
    }

    private void Closed(DbCommand command, DataReaderDisposingEventData eventData, OpenReader open)
    {
        // EF Core counts attempts to read, not rows.
        long? rows = eventData.RecordsAffected < 0 ? null : eventData.RecordsAffected;
        if (open.Measured is { } measured)
        {
            measured.Complete(rows);
        }
        else if (IsMeasured(command, out var probe))
        {
            probe.Succeeded(open.Summary, open.Started, rows);
        }
    }

    private void Succeeded(DbCommand command, TimeSpan duration, long? rows)
    {
        if (IsMeasured(command, out var probe))
        {
            probe.Succeeded(probe.Summarise(command), duration, rows);
        }
    }

    private void Failed(DbCommand command, CommandErrorEventData eventData)
    {
        if (IsMeasured(command, out var probe))
        {
            probe.Failed(probe.Summarise(command), eventData.Duration, eventData.Exception, wasCancelled: false);
        }
    }

    private void Cancelled(DbCommand command, CommandEndEventData eventData)
    {
        if (IsMeasured(command, out var probe))
        {
            probe.Cancelled(probe.Summarise(command), eventData.Duration);
        }
    }

    /// <summary>Whether this command is to be measured here: not if the wrapper does it.</summary>
    private bool IsMeasured(DbCommand command, out DbProbe probe)
    {
        probe = null!;
        if (command is MeasuredCommand || !Runtime.IsEnabled(FactKind.DbCall))
        {
            return false;
        }

        // The contexts of one interceptor rarely use several drivers, so the last one is likely to be the next.
        var driver = DbDriver.Of(command);
        probe = _probe is { } last && last.Driver == driver ? last : MakeProbe(driver);
        return true;
    }

    private DbProbe MakeProbe(DbDriver driver)
    {
        var made = new DbProbe(Runtime, driver, _pool is null ? null : new DbPool(_pool), measuresReaders: true);
        _probe = made;
        return made;
    }
}
