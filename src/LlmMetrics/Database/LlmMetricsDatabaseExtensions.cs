using System.Data.Common;
using LlmMetrics.Database;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics;

/// <summary>Measures databases of any ADO.NET driver.</summary>
public static class LlmMetricsDatabaseExtensions
{
    /// <summary>
    /// Measures all that is done through a data source: operation, table, outcome, duration and rows of each command,
    /// and the connections in use.
    /// </summary>
    /// <param name="source">The data source. The wrapper owns it and disposes it.</param>
    /// <param name="runtime">The running library.</param>
    /// <param name="pool">Name of the pool, a tag: a constant such as <c>main</c>.</param>
    /// <param name="measureReaders">
    /// Whether readers are wrapped, to count their rows and to time them to their end. Without it a query ends with its
    /// first answer, and the driver's own reader is handed out.
    /// </param>
    /// <returns>The measuring data source.</returns>
    /// <remarks>Statements, parameters and messages of errors are never recorded.</remarks>
    public static DbDataSource WithLlmMetrics(
        this DbDataSource source, LlmMetricsRuntime runtime, string pool, bool measureReaders = true)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentException.ThrowIfNullOrWhiteSpace(pool);
        var counted = runtime.Pools.Wrap(pool, source.ConnectionString, isSource: true);
        return new MeasuredDataSource(source, new DbProbe(runtime, DbDriver.Of(source), counted, measureReaders));
    }

    /// <summary>The same, with the runtime that the container holds.</summary>
    /// <param name="source">The data source. The wrapper owns it and disposes it.</param>
    /// <param name="services">The container that <c>AddLlmMetrics()</c> was called on.</param>
    /// <param name="pool">Name of the pool, a tag: a constant such as <c>main</c>.</param>
    /// <param name="measureReaders">Whether readers are wrapped; see above.</param>
    /// <returns>The measuring data source.</returns>
    public static DbDataSource WithLlmMetrics(
        this DbDataSource source, IServiceProvider services, string pool, bool measureReaders = true) =>
        source.WithLlmMetrics(services.GetRequiredService<LlmMetricsRuntime>(), pool, measureReaders);

    /// <summary>Measures the commands of one connection.</summary>
    /// <param name="connection">The connection. The wrapper owns it and disposes it.</param>
    /// <param name="runtime">The running library.</param>
    /// <param name="pool">Name of the pool that it belongs to, or none.</param>
    /// <param name="measureReaders">Whether readers are wrapped, as with a data source.</param>
    /// <returns>The measuring connection.</returns>
    public static DbConnection WithLlmMetrics(
        this DbConnection connection, LlmMetricsRuntime runtime, string? pool = null, bool measureReaders = true)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(runtime);
        var counted = pool is null ? null : runtime.Pools.Wrap(pool, connection.ConnectionString, isSource: false);
        var measured = new MeasuredConnection(
            connection, new DbProbe(runtime, DbDriver.Of(connection), counted, measureReaders));
        if (connection.State.HasFlag(System.Data.ConnectionState.Open))
        {
            measured.CountOpened();
        }

        return measured;
    }

    /// <summary>The driver's own object behind a measured one, for what only the driver has.</summary>
    /// <typeparam name="T">The driver's type, such as <c>NpgsqlDataSource</c>.</typeparam>
    /// <param name="source">The data source, measured or not.</param>
    /// <returns>The driver's data source.</returns>
    /// <exception cref="InvalidCastException">It is of another type.</exception>
    public static T Unwrap<T>(this DbDataSource source)
        where T : DbDataSource => Find<T>(source);

    /// <summary>The driver's own object behind a measured one, for what only the driver has.</summary>
    /// <typeparam name="T">The driver's type, such as <c>NpgsqlConnection</c>.</typeparam>
    /// <param name="connection">The connection, measured or not.</param>
    /// <returns>The driver's connection. What is done through it the wrapper does not see.</returns>
    /// <exception cref="InvalidCastException">It is of another type.</exception>
    public static T Unwrap<T>(this DbConnection connection)
        where T : DbConnection => Find<T>(connection);

    /// <summary>The driver's own object behind a measured one, for what only the driver has.</summary>
    /// <typeparam name="T">The driver's type, such as <c>NpgsqlCommand</c>.</typeparam>
    /// <param name="command">The command, measured or not.</param>
    /// <returns>The driver's command.</returns>
    /// <exception cref="InvalidCastException">It is of another type.</exception>
    public static T Unwrap<T>(this DbCommand command)
        where T : DbCommand => Find<T>(command);

    /// <summary>The driver's own object behind a measured one, for what only the driver has.</summary>
    /// <typeparam name="T">The driver's type, such as <c>NpgsqlBatch</c>.</typeparam>
    /// <param name="batch">The batch, measured or not.</param>
    /// <returns>The driver's batch.</returns>
    /// <exception cref="InvalidCastException">It is of another type.</exception>
    public static T Unwrap<T>(this DbBatch batch)
        where T : DbBatch => Find<T>(batch);

    /// <summary>The driver's own object behind a measured one, for what only the driver has.</summary>
    /// <typeparam name="T">The driver's type, such as <c>NpgsqlTransaction</c>.</typeparam>
    /// <param name="transaction">The transaction, measured or not.</param>
    /// <returns>The driver's transaction.</returns>
    /// <exception cref="InvalidCastException">It is of another type.</exception>
    public static T Unwrap<T>(this DbTransaction transaction)
        where T : DbTransaction => Find<T>(transaction);

    /// <summary>The driver's own object behind a measured one, for what only the driver has.</summary>
    /// <typeparam name="T">The driver's type, such as <c>NpgsqlDataReader</c>.</typeparam>
    /// <param name="reader">The reader, measured or not.</param>
    /// <returns>The driver's reader. Rows read through it are not counted.</returns>
    /// <exception cref="InvalidCastException">It is of another type.</exception>
    public static T Unwrap<T>(this DbDataReader reader)
        where T : DbDataReader => Find<T>(reader);

    private static T Find<T>(object? part)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(part);
        var current = part;
        while (current is not T && current is IDbWrapper wrapper)
        {
            current = wrapper.Inner;
        }

        return current as T ?? throw new InvalidCastException($"{current.GetType()} is no {typeof(T)}.");
    }
}
