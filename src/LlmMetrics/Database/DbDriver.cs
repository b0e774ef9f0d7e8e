namespace LlmMetrics.Database;

/// <summary>What is known of the driver behind a connection.</summary>
/// <param name="System">The database system, in the words of the conventions (<c>db.system.name</c>).</param>
/// <param name="Meter">The meter on which the driver, or its instrumentation, measures commands itself.</param>
internal sealed record DbDriver(string System, string? Meter)
{
    private static readonly DbDriver _npgsql = new("postgresql", "Npgsql");
    private static readonly DbDriver _sqlServer =
        new("microsoft.sql_server", "OpenTelemetry.Instrumentation.SqlClient");
    private static readonly DbDriver _mySql = new("mysql", null);
    private static readonly DbDriver _sqlite = new("sqlite", null);
    private static readonly DbDriver _oracle = new("oracle.db", null);
    private static readonly DbDriver _other = new("other_sql", null);

    /// <summary>Whether its EF Core provider is known to run queries on readers that are not its own.</summary>
    public bool QueriesTakeAnyReader => this == _npgsql;

    /// <summary>Tells the driver by one of its objects: a data source, a connection or a command.</summary>
    public static DbDriver Of(object part) => part.GetType().Namespace switch
    {
        "Npgsql" => _npgsql,
        "Microsoft.Data.SqlClient" or "System.Data.SqlClient" => _sqlServer,
        "MySqlConnector" or "MySql.Data.MySqlClient" => _mySql,
        "Microsoft.Data.Sqlite" or "System.Data.SQLite" => _sqlite,
        "Oracle.ManagedDataAccess.Client" => _oracle,
        _ => _other,
    };
}
