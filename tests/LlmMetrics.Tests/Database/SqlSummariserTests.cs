using System.Data;
using LlmMetrics.Database;

namespace LlmMetrics.Tests.Database;

public sealed class SqlSummariserTests
{
    [Theory]
    [InlineData("SELECT * FROM users", "SELECT", "users")]
    [InlineData("select id from Users u where u.id = 1", "SELECT", "Users")]
    [InlineData("SELECT 1", "SELECT", null)]
    [InlineData("SELECT * FROM public.users", "SELECT", "users")]
    [InlineData("SELECT * FROM \"Sales\".\"Order Lines\" AS o", "SELECT", "Order Lines")]
    [InlineData("SELECT * FROM [dbo].[Order Details]", "SELECT", "Order Details")]
    [InlineData("SELECT * FROM `shop`.`orders`", "SELECT", "orders")]
    [InlineData("SELECT * FROM archive..events", "SELECT", "events")]
    [InlineData("SELECT * FROM ONLY measurements", "SELECT", "measurements")]
    [InlineData("(SELECT a FROM b) UNION (SELECT c FROM d)", "SELECT", "b")]
    [InlineData("SELECT * FROM (SELECT x FROM inner_table) t", "SELECT", "inner_table")]
    [InlineData("SELECT * FROM generate_series(1, 3) g JOIN items i ON true", "SELECT", "items")]
    [InlineData("SELECT EXTRACT(year FROM created) FROM logs", "SELECT", "logs")]
    [InlineData("SELECT TRIM(BOTH 'x' FROM name), SUBSTRING(a FROM 2) FROM people", "SELECT", "people")]
    [InlineData("SELECT a IS DISTINCT FROM b FROM pairs", "SELECT", "pairs")]
    [InlineData("SELECT COUNT(DISTINCT \"x\") FROM t", "SELECT", "t")]
    [InlineData("SELECT arr[1], 'x' FROM t", "SELECT", "t")]
    [InlineData("SELECT ARRAY['a','FROM x'] FROM t", "SELECT", "t")]
    [InlineData("SELECT data #>> '{a,b}' FROM docs", "SELECT", "docs")]
    [InlineData("SELECT x::text, :p, @q, $1, ? FROM t", "SELECT", "t")]
    [InlineData("SELECT * FROM таблица", "SELECT", "таблица")]
    [InlineData("SELECT * FROM \"表 名\"", "SELECT", "表 名")]
    [InlineData("\uFEFFSELECT * FROM t", "SELECT", "t")]
    [InlineData("SELECT * FROM #temp", "SELECT", "#temp")]
    [InlineData("/* a /* nested */ FROM x */ SELECT -- FROM y\n * FROM z", "SELECT", "z")]
    [InlineData("INSERT INTO users (a, b) VALUES (1, 2)", "INSERT", "users")]
    [InlineData("INSERT users VALUES (1)", "INSERT", "users")]
    [InlineData("INSERT OR REPLACE INTO kv VALUES (1)", "INSERT", "kv")]
    [InlineData("INSERT INTO t(a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2", "INSERT", "t")]
    [InlineData("REPLACE INTO t VALUES (1)", "REPLACE", "t")]
    [InlineData("UPDATE ONLY t SET a = 1", "UPDATE", "t")]
    [InlineData("UPDATE TOP (5) dbo.t SET a = 1", "UPDATE", "t")]
    [InlineData("DELETE FROM t WHERE a = 'x'", "DELETE", "t")]
    [InlineData("DELETE u FROM Users u JOIN x ON 1 = 1", "DELETE", "Users")]
    [InlineData("DELETE TOP (10) FROM queue", "DELETE", "queue")]
    [InlineData("MERGE INTO target t USING source s ON t.id = s.id WHEN MATCHED THEN DELETE", "MERGE", "target")]
    [InlineData("COPY lines (a, b) FROM STDIN", "COPY", "lines")]
    [InlineData("COPY (SELECT * FROM lines) TO STDOUT", "COPY", "lines")]
    [InlineData("CALL refresh_totals(1)", "CALL", "refresh_totals")]
    [InlineData("EXEC @rc = dbo.usp_Save 1", "EXECUTE", "usp_Save")]
    [InlineData("{call pkg.proc(?)}", "CALL", "proc")]
    [InlineData("TRUNCATE TABLE t", "TRUNCATE", "t")]
    public void Summarise_Statement_GivesOperationAndTable(string sql, string operation, string? table) =>
        Assert.Equal(new SqlSummary(operation, table), SqlSummariser.Summarise(sql));

    [Theory]
    [InlineData("WITH a AS (SELECT * FROM orders) SELECT * FROM a", "SELECT", "orders")]
    [InlineData("WITH a AS (SELECT 1) SELECT * FROM a JOIN customers c ON true", "SELECT", "customers")]
    [InlineData("WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t) SELECT * FROM t", "SELECT", null)]
    [InlineData("WITH m AS MATERIALIZED (DELETE FROM a RETURNING *), n AS (SELECT 1) INSERT INTO b SELECT * FROM m",
        "INSERT", "b")]
    [InlineData("WITH x AS (UPDATE stock SET n = 1 RETURNING *) SELECT * FROM x", "SELECT", "stock")]
    public void Summarise_CommonTableExpressions_NamesARealTable(string sql, string operation, string? table) =>
        Assert.Equal(new SqlSummary(operation, table), SqlSummariser.Summarise(sql));

    [Theory]
    [InlineData("CREATE TABLE IF NOT EXISTS s.t (a int)", "CREATE TABLE", "t")]
    [InlineData("CREATE TEMP TABLE t AS SELECT * FROM u", "CREATE TABLE", "t")]
    [InlineData("CREATE OR REPLACE VIEW v AS SELECT 1", "CREATE VIEW", "v")]
    [InlineData("CREATE MATERIALIZED VIEW mv AS SELECT 1", "CREATE MATERIALIZED VIEW", "mv")]
    [InlineData("CREATE UNIQUE INDEX CONCURRENTLY ix ON t (a)", "CREATE INDEX", "t")]
    [InlineData("ALTER TABLE ONLY t ADD COLUMN b int", "ALTER TABLE", "t")]
    [InlineData("DROP TABLE IF EXISTS t, u", "DROP TABLE", "t")]
    [InlineData("CREATE ROLE bob PASSWORD 'secret'", "CREATE ROLE", null)]
    [InlineData("CREATE DATABASE tenant_17", "CREATE DATABASE", null)]
    public void Summarise_Definition_NamesTheKindOfObject(string sql, string operation, string? table) =>
        Assert.Equal(new SqlSummary(operation, table), SqlSummariser.Summarise(sql));

    [Theory]
    [InlineData("SET NOCOUNT ON; INSERT INTO t VALUES (1); SELECT @@ROWCOUNT", "INSERT", "t")]
    [InlineData("SET NOCOUNT ON\nUPDATE t SET a = 1", "UPDATE", "t")]
    [InlineData("BEGIN; DELETE FROM t; COMMIT", "DELETE", "t")]
    [InlineData("EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM t", "SELECT", "t")]
    [InlineData("DECLARE c CURSOR FOR SELECT * FROM t", "SELECT", "t")]
    [InlineData("IF EXISTS (SELECT 1 FROM a) UPDATE b SET c = 1", "UPDATE", "b")]
    [InlineData("BEGIN", "BEGIN", null)]
    [InlineData("ROLLBACK TO SAVEPOINT a", "ROLLBACK", null)]
    [InlineData("GRANT SELECT ON t TO bob", "GRANT", null)]
    [InlineData("VACUUM t", "VACUUM", null)]
    public void Summarise_Preludes_LooksForTheStatementThatCounts(string sql, string operation, string? table) =>
        Assert.Equal(new SqlSummary(operation, table), SqlSummariser.Summarise(sql));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("hunter2")]
    [InlineData("please delete from my secret")]
    [InlineData("'SELECT * FROM secret'")]
    [InlineData("\"SELECT\"")]
    [InlineData("12345")]
    [InlineData("\0\u0001\u0002")]
    [InlineData("-- SELECT * FROM secret")]
    [InlineData("/* SELECT * FROM secret")]
    public void Summarise_NoSql_GivesNothing(string sql) => Assert.Equal(default, SqlSummariser.Summarise(sql));

    [Theory]
    [InlineData("SELECT 'a FROM secret' FROM t")]
    [InlineData("SELECT 'it''s FROM secret' FROM t")]
    [InlineData("SELECT E'it\\' FROM secret' FROM t")]
    [InlineData("SELECT $$ FROM secret $$ FROM t")]
    [InlineData("SELECT $a$ FROM secret $$ FROM secret $a$ FROM t")]
    [InlineData("SELECT q'[it's FROM secret]' FROM t")]
    [InlineData("SELECT N'FROM secret', X'00', U&'FROM secret' FROM t")]
    [InlineData("SELECT \"a FROM secret\" FROM t")]
    public void Summarise_Literals_AreSteppedOver(string sql) =>
        Assert.Equal(new SqlSummary("SELECT", "t"), SqlSummariser.Summarise(sql));

    [Theory]
    [InlineData("SELECT 'it\\' FROM secret' FROM t")]
    [InlineData("SELECT \"it\\\" FROM secret\" FROM t")]
    [InlineData("SELECT 1 # it's\n, ' FROM secret ' FROM t")]
    [InlineData("SELECT [it's], ' FROM secret ' FROM t")]
    [InlineData("SELECT 'unbalanced FROM secret")]
    [InlineData("SELECT $x$ FROM secret")]
    [InlineData("SELECT 1 FROM 'secret.csv'")]
    public void Summarise_WhereDialectsDisagree_TellsTheOperationOnly(string sql) =>
        Assert.Equal(new SqlSummary("SELECT", null), SqlSummariser.Summarise(sql));

    [Fact]
    public void Summarise_LongNames_AreCutAndBrokenOnesLeftOut()
    {
        Assert.Equal(64, SqlSummariser.Summarise("SELECT 1 FROM " + new string('x', 5_000)).Table!.Length);
        Assert.Equal(new SqlSummary("SELECT", null), SqlSummariser.Summarise("SELECT 1 FROM \"a\0b\""));
        Assert.Equal(new SqlSummary("SELECT", null), SqlSummariser.Summarise("SELECT 1 FROM \"a\uD800\""));
        Assert.Equal(
            new SqlSummary("SELECT", null),
            SqlSummariser.Summarise("SELECT " + new string(' ', SqlLexer.MaxLength - 14) + "FROM users"));
    }

    [Fact]
    public void Summarise_TenMegabytes_LooksAtABoundedPart()
    {
        foreach (var fill in new[] { "(", "'", "x", "/*", "1,", "[", "\"a\".", "SELECT " })
        {
            var sql = "SELECT " + string.Concat(Enumerable.Repeat(fill, 10_000_000 / fill.Length)) + " FROM t";

            Assert.Equal(new SqlSummary("SELECT", null), SqlSummariser.Summarise(sql));
        }
    }

    [Theory]
    [InlineData("dbo.usp_Save", CommandType.StoredProcedure, "CALL", "usp_Save")]
    [InlineData("\"My Proc\"", CommandType.StoredProcedure, "CALL", "My Proc")]
    [InlineData("users", CommandType.TableDirect, "SELECT", "users")]
    public void Summarise_OtherCommandTypes_TakesTheName(
        string text, CommandType type, string operation, string table) =>
        Assert.Equal(new SqlSummary(operation, table), SqlStatements.Summarise(text, type));
}
