using System.Data.Common;
using LlmMetrics;
using Npgsql;

namespace ExpertApi;

/// <summary>What is kept in PostgreSQL. Wrapping the data source is all that measuring it takes.</summary>
public sealed class ExpertDatabase(string connectionString, LlmMetricsRuntime metrics) : IAsyncDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS documents (id serial PRIMARY KEY, language text, passage text);
        CREATE TABLE IF NOT EXISTS questions (
            id bigserial PRIMARY KEY, language text, source text, answered boolean NOT NULL DEFAULT false);
        CREATE TABLE IF NOT EXISTS payments (reference text PRIMARY KEY, plan text, usd double precision);
        INSERT INTO documents (language, passage)
            SELECT language, 'Passage ' || number FROM unnest(ARRAY['fr', 'en', 'es']) language,
            generate_series(1, 20) number WHERE NOT EXISTS (SELECT FROM documents);
        """;

    private readonly DbDataSource _source =
        NpgsqlDataSource.Create(connectionString).WithLlmMetrics(metrics, "expert");

    /// <summary>Makes the tables if they are not there.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => ExecuteAsync(Schema, cancellationToken);

    /// <summary>Finds passages for a question.</summary>
    public async Task<IReadOnlyList<string>> SearchAsync(string language, CancellationToken cancellationToken)
    {
        var passages = new List<string>();
        await using var command = _source.CreateCommand("SELECT passage FROM documents WHERE language = $1 LIMIT 5");
        command.Parameters.Add(new NpgsqlParameter { Value = language });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            passages.Add(reader.GetString(0));
        }

        return passages;
    }

    /// <summary>Keeps that a question was asked.</summary>
    /// <returns>Its number.</returns>
    public async Task<long> AddQuestionAsync(Question question, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand(
            "INSERT INTO questions (language, source) VALUES ($1, $2) RETURNING id");
        command.Parameters.Add(new NpgsqlParameter { Value = question.Language });
        command.Parameters.Add(new NpgsqlParameter { Value = question.Source });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Keeps that a question was answered.</summary>
    public Task AnsweredAsync(long question, CancellationToken cancellationToken) =>
        ExecuteAsync("UPDATE questions SET answered = true WHERE id = $1", cancellationToken, question);

    /// <summary>Whether a question is there, and answered.</summary>
    public async Task<bool?> IsAnsweredAsync(long question, CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand("SELECT answered FROM questions WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = question });
        return (bool?)await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>Keeps a payment.</summary>
    /// <returns>Whether it is new.</returns>
    public async Task<bool> AddPaymentAsync(Payment payment, CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(
                "INSERT INTO payments (reference, plan, usd) VALUES ($1, $2, $3)",
                cancellationToken, payment.Reference, payment.Plan, payment.Usd);
            return true;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = _source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
