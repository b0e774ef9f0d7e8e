using System.Text;
using System.Text.RegularExpressions;

namespace LlmMetrics.Tests;

/// <summary>A strict reader of one sample line, written after the format's grammar and not after the writer.</summary>
internal static partial class SampleLine
{
    public static (string Name, KeyValuePair<string, string>[] Labels, string Value) Parse(string line)
    {
        var match = NamePattern().Match(line);
        Assert.True(match.Success, line);
        var at = match.Length;
        var labels = new List<KeyValuePair<string, string>>();
        if (line[at] == '{')
        {
            at++;
            while (line[at] != '}')
            {
                labels.Add(ParseLabel(line, ref at));
                if (line[at] == ',')
                {
                    at++;
                    Assert.NotEqual('}', line[at]);
                }
            }

            at++;
        }

        Assert.Equal(' ', line[at]);
        var value = line[(at + 1)..];
        Assert.Matches(@"^(NaN|[+-]Inf|-?\d+(\.\d+)?(E[+-]\d+)?)$", value);
        Assert.Equal(labels.Count, labels.Select(label => label.Key).Distinct(StringComparer.Ordinal).Count());
        return (match.Value, [.. labels.OrderBy(label => label.Key, StringComparer.Ordinal)], value);
    }

    private static KeyValuePair<string, string> ParseLabel(string line, ref int at)
    {
        var end = line.IndexOf("=\"", at, StringComparison.Ordinal);
        var name = line[at..end];
        Assert.Matches(LabelPattern(), name);
        Assert.False(name.StartsWith("__", StringComparison.Ordinal), name);
        var value = new StringBuilder();
        for (at = end + 2; line[at] != '"'; at++)
        {
            if (line[at] != '\\')
            {
                value.Append(line[at]);
                continue;
            }

            at++;
            value.Append(line[at] switch
            {
                'n' => '\n',
                '\\' => '\\',
                '"' => '"',
                _ => throw new FormatException(line),
            });
        }

        at++;
        return new(name, value.ToString());
    }

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelPattern();
}
