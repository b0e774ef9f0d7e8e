using System.Data.Common;
using LlmMetrics;
using Npgsql;

namespace MigrationApi;

/// <summary>What is kept in PostgreSQL; its pool is measured because the data source is wrapped.</summary>
public sealed class MigrationStore : IAsyncDisposable
{
    private const int PoolSize = 20;

    private readonly DbDataSource _source;

    /// <summary>Opens the pool.</summary>
    public MigrationStore(string connectionString, LlmMetricsRuntime metrics)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = PoolSize };
        _source = NpgsqlDataSource.Create(settings).WithLlmMetrics(metrics, Pool);
    }

    private static string Pool => "testboost";

    /// <summary>Makes the table if it is not there.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(
            "CREATE TABLE IF NOT EXISTS steps (id bigserial PRIMARY KEY, workflow text, step text, result text)");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Does a step of a workflow and keeps its result, on one connection that it holds meanwhile.</summary>
    public async Task StepAsync(
        string workflow, string step, Func<CancellationToken, Task<string>> work, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        var result = await work(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO steps (workflow, step, result) VALUES ($1, $2, $3)";
        foreach (var value in new[] { workflow, step, result })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
