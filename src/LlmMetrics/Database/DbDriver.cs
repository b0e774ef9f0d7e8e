namespace LlmMetrics.Database;

/// <summary>What is known of the driver behind a connection.</summary>
/// <param name="System">The database system, in the words of the conventions (<c>db.system.name</c>).</param>
/// <param name="Meter">The meter on which the driver, or its instrumentation, measures commands itself.</param>
internal sealed record DbDriver(string System, string? Meter)
{
    private static readonly DbDriver s_npgsql = new("postgresql", "Npgsql");
    private static readonly DbDriver s_sqlServer =
        new("microsoft.sql_server", "OpenTelemetry.Instrumentation.SqlClient");
    private static readonly DbDriver s_mySql = new("mysql", null);
    private static readonly DbDriver s_sqlite = new("sqlite", null);
    private static readonly DbDriver s_oracle = new("oracle.db", null);
    private static readonly DbDriver s_other = new("other_sql", null);

    /// <summary>Whether its EF Core provider is known to run queries on readers that are not its own.</summary>
    public bool QueriesTakeAnyReader => this == s_npgsql;

    /// <summary>Tells the driver by one of its objects: a data source, a connection or a command.</summary>
    public static DbDriver Of(object part) => part.GetType().Namespace switch
    {
        "Npgsql" => s_npgsql,
        "Microsoft.Data.SqlClient" or "System.Data.SqlClient" => s_sqlServer,
        "MySqlConnector" or "MySql.Data.MySqlClient" => s_mySql,
        "Microsoft.Data.Sqlite" or "System.Data.SQLite" => s_sqlite,
        "Oracle.ManagedDataAccess.Client" => s_oracle,
        _ => s_other,
    };
}
