using System.Globalization;
using System.Text;
using System.Text.Json;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Profiles;

/// <summary>
/// The tables in the docs are made from the definitions, so that they cannot say anything else.
/// </summary>
public sealed class ProfileDocsTests
{
    private const string Begin = "<!-- begin table: ";
    private const string End = "<!-- end table -->";

    /// <summary>Pages that speak of one domain each, beside the one that lists the profiles.</summary>
    private static readonly string[] _domains =
        ["llm-calls", "agents", "http", "databases", "business", "health", "budgets"];

    public static TheoryData<string> Pages => [.. _domains, "profiles"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Tables_InDocs_AreThoseOfTheDefinitions(string page)
    {
        var path = Path.Combine(Repository.Root, "docs", page + ".md");
        var before = File.ReadAllText(path);

        var after = Fill(before);

        if (Environment.GetEnvironmentVariable("LLMMETRICS_ACCEPT") == "1")
        {
            File.WriteAllText(path, after);
        }
        else
        {
            Assert.Equal(after, before);
        }
    }

    [Theory]
    [InlineData("genai")]
    [InlineData("prefixed")]
    public void Tables_OfTheDomains_LeaveNoMetricOut(string profile)
    {
        var pages = _domains.Select(static page => File.ReadAllText(
            Path.Combine(Repository.Root, "docs", page + ".md"))).ToArray();

        Assert.All(ProfileOf(profile).Instruments, instrument => Assert.Contains(
            pages, page => page.Contains($"\n| `{instrument.Name}` |", StringComparison.Ordinal)));
    }

    [Fact]
    public void Fill_TableThatIsOutOfDate_IsReplaced()
    {
        var filled = Fill($"a\n{Begin}genai -->\noutdated line\n{End}\nb\n");

        Assert.DoesNotContain("outdated line", filled, StringComparison.Ordinal);
        Assert.Contains("| `llm.calls` | counter | {call} |", filled, StringComparison.Ordinal);
        Assert.EndsWith(End + "\nb\n", filled, StringComparison.Ordinal);
    }

    [Fact]
    public void Fill_TableOfSomeFacts_HasTheseOnly()
    {
        var filled = Fill($"{Begin}genai App.Uptime ErrorEvent -->\n{End}\n");

        Assert.Contains("`app.uptime`", filled, StringComparison.Ordinal);
        Assert.Contains("`app.errors`", filled, StringComparison.Ordinal);
        Assert.DoesNotContain("`app.info`", filled, StringComparison.Ordinal);
        Assert.DoesNotContain("`llm.calls`", filled, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(static () => Fill($"{Begin}genai Misspelt -->\n{End}\n"));
        Assert.Throws<ArgumentException>(static () => Fill($"{Begin}misspelt -->\n{End}\n"));
    }

    private static string Fill(string text)
    {
        var result = new StringBuilder();
        var at = 0;
        for (var begin = text.IndexOf(Begin, StringComparison.Ordinal); begin >= 0;
            begin = text.IndexOf(Begin, at, StringComparison.Ordinal))
        {
            var name = begin + Begin.Length;
            var close = text.IndexOf(" -->", name, StringComparison.Ordinal);
            result.Append(text, at, close + " -->".Length - at).Append('\n').Append(Table(text[name..close]));
            at = text.IndexOf(End, close, StringComparison.Ordinal);
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>
    /// The table of a profile, or of some of its facts or their figures: <c>genai ErrorEvent App.Uptime</c>.
    /// </summary>
    private static string Table(string specification)
    {
        var words = specification.Split(' ');
        var wanted = words.Skip(1).Select(static word => word.Split('.')).Select(static parts => (
            Fact: Enum.Parse<FactKind>(parts[0]),
            Value: parts.Length > 1 ? Enum.Parse<FactValue>(parts[1]) : (FactValue?)null)).ToArray();
        var instruments = ProfileOf(words[0]).Instruments.Where(instrument => wanted.Length == 0 || wanted.Any(
            one => one.Fact == instrument.Fact && (one.Value is null || one.Value == instrument.Value)));
        var table = new StringBuilder("| metric | kind | unit | tags | what it says |\n|---|---|---|---|---|\n");
        foreach (var metric in instruments.GroupBy(static instrument => instrument.Name))
        {
            var first = metric.First();
            var tags = metric.SelectMany(static instrument => instrument.Tags)
                .GroupBy(static tag => tag.Name)
                .Select(static tag => Describe(tag.Key, [.. tag.SelectMany(static definition => definition.Sources)]));
            var kind = JsonNamingPolicy.KebabCaseLower.ConvertName(first.Kind.ToString());
            table.Append(CultureInfo.InvariantCulture, $"| `{metric.Key}` | {kind} | {first.Unit} ")
                .Append(CultureInfo.InvariantCulture, $"| {string.Join(", ", tags)} | {first.Description} |\n");
        }

        return table.ToString();
    }

    private static string Describe(string tag, TagSource[] sources)
    {
        var constants = sources.Select(static source => source.Constant).OfType<string>().Distinct().ToArray();
        return constants.Length == 0 ? $"`{tag}`" : $"`{tag}` ({string.Join(", ", constants)})";
    }

    private static MetricProfile ProfileOf(string name) => name switch
    {
        "genai" => MetricProfile.GenAi,
        "genai-next" => MetricProfile.GenAiNext,
        "prefixed" => MetricProfile.Prefixed("shop"),
        _ => throw new ArgumentException($"There is no profile '{name}'.", nameof(name)),
    };
}
