using LlmMetrics.Database;

namespace LlmMetrics.Tests.Database;

public sealed class SqlStatementsTests
{
    [Fact]
    public void Summarise_SameStatementAgain_AllocatesNothing()
    {
        const string Sql = "SELECT a FROM repeated WHERE b = @c";
        Assert.Equal(new SqlSummary("SELECT", "repeated"), SqlStatements.Summarise(Sql));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            SqlStatements.Summarise(Sql);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Summarise_MoreStatementsThanTheCacheHolds_StaysRight()
    {
        var statements = Enumerable.Range(0, 5_000).Select(static i => $"SELECT {i} FROM t{i % 7}").ToArray();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < statements.Length; i++)
            {
                Assert.Equal(new SqlSummary("SELECT", $"t{i % 7}"), SqlStatements.Summarise(statements[i]));
            }
        }
    }

    [Fact]
    public void Summarise_ManyThreads_StaysRight() => Parallel.For(0, 20_000, static i =>
        Assert.Equal($"p{i % 50}", SqlStatements.Summarise($"DELETE FROM p{i % 50} WHERE id = {i}").Table));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Summarise_Nothing_GivesNothing(string? sql) => Assert.Equal(default, SqlStatements.Summarise(sql));
}
