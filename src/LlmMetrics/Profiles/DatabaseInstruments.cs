namespace LlmMetrics.Profiles;

/// <summary>
/// Database conventions 1.41: the duration is stable, rows and connections are in development; part of both GenAI
/// profiles. What a driver measures itself (Npgsql does) comes through under the same names and is left out here.
/// </summary>
internal static class DatabaseInstruments
{
    private static ReadOnlySpan<double> Seconds => [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

    private static ReadOnlySpan<double> Rows => [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

    public static void AddTo(MetricProfileBuilder profile)
    {
        Command(profile.Histogram(FactKind.DbCall, "db.client.operation.duration")
            .Unit("s").Description("Duration of a database command, to the end of its rows.").Buckets(Seconds)
            .WhenNot(FactField.MeasuredByDriver, "true").Tag("error.type", FactField.ErrorType));
        Command(profile.Histogram(FactKind.DbCall, "db.client.response.returned_rows", FactValue.Rows)
            .Unit("{row}").Description("Rows that a query returned.").Buckets(Rows)
            .When(FactField.Operation, "SELECT"));
        profile.Counter(FactKind.DbCall, "app.db.calls")
            .Unit("{call}").Description("Database commands, by what they did to which table and how they ended.")
            .Tag("outcome", FactField.Outcome).Tag("operation", FactField.Operation).Tag("pool", FactField.Pool)
            .Tag("error.type", FactField.ErrorType).Tag("table", FactField.Table);
        Connections(profile, FactValue.UsedConnections, "used");
        Connections(profile, FactValue.IdleConnections, "idle");
        profile.UpDownCounter(FactKind.DbPool, "db.client.connection.max", FactValue.MaxConnections)
            .Unit("{connection}").Description("Connections that a pool may open at most.")
            .WhenNot(FactField.MeasuredByDriver, "true")
            .Tag("db.client.connection.pool.name", FactField.Pool);
    }

    private static void Connections(MetricProfileBuilder profile, FactValue value, string state) =>
        profile.UpDownCounter(FactKind.DbPool, "db.client.connection.count", value)
            .Unit("{connection}").Description("Connections of a pool, by state.")
            .WhenNot(FactField.MeasuredByDriver, "true")
            .Constant("db.client.connection.state", state)
            .Tag("db.client.connection.pool.name", FactField.Pool);

    private static void Command(InstrumentBuilder instrument) => instrument
        .Tag("db.system.name", FactField.Provider)
        .Tag("db.operation.name", FactField.Operation)
        .Tag("db.collection.name", FactField.Table);
}
