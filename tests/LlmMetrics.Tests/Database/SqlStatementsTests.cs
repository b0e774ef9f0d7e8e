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

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(1_000)]
    public void Summarise_EqualStatementsInOtherObjects_SumsUpOnce(int columns)
    {
        var sql = $"SELECT {string.Join(", ", Enumerable.Range(0, columns))} FROM equal_{columns}";
        string[] copies = [.. Enumerable.Range(0, 100).Select(_ => new string(sql.AsSpan()))];
        var first = SqlStatements.Summarise(sql);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var same = copies.Count(copy => ReferenceEquals(SqlStatements.Summarise(copy).Table, first.Table));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((copies.Length, $"equal_{columns}"), (same, first.Table));
        Assert.InRange(allocated, 0, 500);
    }

    [Fact]
    public void Summarise_StatementsThatHashTheSame_AreToldApart()
    {
        // They differ only where the hash of a long statement does not look: behind its first block.
        var columns = string.Join(", ", Enumerable.Range(0, 1_000).Select(static i => $"c{i:D4}"));
        string[] statements = [.. "abcd".Select(c => $"DELETE FROM table_{c}_of_many RETURNING {columns}")];

        for (var round = 0; round < 3; round++)
        {
            Assert.All(statements, sql => Assert.Equal(sql.Split(' ')[2], SqlStatements.Summarise(sql).Table));
        }
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
