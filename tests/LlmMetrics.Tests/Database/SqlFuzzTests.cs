using System.Globalization;
using System.Text;
using LlmMetrics.Database;

namespace LlmMetrics.Tests.Database;

/// <summary>SQL put together at random, with a mark in every literal and comment: no mark ever comes out.</summary>
public sealed class SqlFuzzTests
{
    private const string Mark = "zqsecretqz";

    private static readonly string[] _parts =
    [
        "SELECT ", "FROM ", "users ", "JOIN ", "INSERT INTO ", "UPDATE ", "DELETE ", "WITH ", "a AS ( ", ") ", "( ",
        ", ", "; ", ". ", "CREATE TABLE ",
        "EXEC ", "MERGE ", "COPY ", "DISTINCT ", "ON ", "[x] ", "\"y\" ", "`z` ", "$1 ",
        "@p ", ":q ", "::int ", "# ", "\\ ", "* ", "= ", "1.5e3 ", "SET ", "BEGIN ", "\n", "CALL ", "TOP ", "INTO ",
        "IF ",
    ];

    private static readonly string[] _secrets =
    [
        $"'{Mark}' ", $"' FROM {Mark} ' ", $"'it''s FROM {Mark}' ", $"E'\\' FROM {Mark}' ", $"$$ FROM {Mark} $$ ",
        $"$t$ ' FROM {Mark} $t$ ", $"-- FROM {Mark} '\n", $"/* ' FROM {Mark} /* {Mark} */ */ ", $"N'{Mark}' ",
        $"q'[' FROM {Mark}]' ",
    ];

    [Fact]
    public void Summarise_RandomSql_NeverTellsALiteral()
    {
        var random = new Random(20_261_120);
        for (var i = 0; i < Rounds; i++)
        {
            var sql = Statement(random);
            var (operation, table) = SqlSummariser.Summarise(sql);

            Assert.True(
                table?.Contains("secret", StringComparison.Ordinal) != true, $"{operation} {table} came out of: {sql}");
        }
    }

    [Fact]
    public void Summarise_RandomCharacters_GivesWordsOfTheClosedListOnly()
    {
        var random = new Random(4);
        var characters = new char[200];
        for (var i = 0; i < Rounds; i++)
        {
            var length = random.Next(characters.Length);
            for (var j = 0; j < length; j++)
            {
                characters[j] = random.Next(4) == 0
                    ? (char)random.Next(char.MaxValue + 1)
                    : "SELCTFROM '\"[]()$#-/*\\.;,@:`"[random.Next(28)];
            }

            var (operation, table) = SqlSummariser.Summarise(characters.AsSpan(0, length));

            Assert.True(operation is null || operation.All(static c => char.IsAsciiLetterUpper(c) || c == ' '));
            Assert.True(table is null || (table.Length is > 0 and <= 64 && !table.Any(char.IsControl)));
        }
    }

    private static int Rounds => Environment.GetEnvironmentVariable("LLMMETRICS_LONG") == "1" ? 1_000_000 : 20_000;

    private static string Statement(Random random)
    {
        var sql = new StringBuilder("SELECT ");
        for (var count = random.Next(2, 20); count > 0; count--)
        {
            var from = random.Next(3) == 0 ? _secrets : _parts;
            sql.Append(CultureInfo.InvariantCulture, $"{from[random.Next(from.Length)]}");
        }

        return sql.ToString();
    }
}
