using System.Globalization;
using System.Text;
using System.Text.Json;
using LlmMetrics.Testing;

namespace LlmMetrics.Tests.Profiles;

/// <summary>
/// The tables in docs/profiles.md are made from the definitions, so that they cannot say anything else.
/// </summary>
public sealed class ProfileDocsTests
{
    private const string Begin = "<!-- begin table: ";
    private const string End = "<!-- end table -->";

    [Fact]
    public void Tables_InDocs_AreThoseOfTheDefinitions()
    {
        var path = Path.Combine(Repository.Root, "docs", "profiles.md");
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

    [Fact]
    public void Fill_TableThatIsOutOfDate_IsReplaced()
    {
        var filled = Fill($"a\n{Begin}genai -->\noutdated line\n{End}\nb\n");

        Assert.DoesNotContain("outdated line", filled, StringComparison.Ordinal);
        Assert.Contains("| `llm.calls` | counter | {call} |", filled, StringComparison.Ordinal);
        Assert.EndsWith(End + "\nb\n", filled, StringComparison.Ordinal);
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

    private static string Table(string name)
    {
        var profile = name switch
        {
            "genai" => MetricProfile.GenAi,
            "genai-next" => MetricProfile.GenAiNext,
            _ => MetricProfile.Prefixed("shop"),
        };
        var table = new StringBuilder("| metric | kind | unit | tags | what it says |\n|---|---|---|---|---|\n");
        foreach (var metric in profile.Instruments.GroupBy(static instrument => instrument.Name))
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
}
