using System.Globalization;
using System.Text;

namespace LlmMetrics.Workload.Exposition;

/// <summary>
/// Reads the Prometheus text format 0.0.4 and OpenMetrics 1.0. A broken line is noted with its number and left out, so
/// that one page gives all of its problems.
/// </summary>
internal static class ExpositionParser
{
    public static ExpositionPage Parse(string text)
    {
        var page = new ExpositionPage();
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsEmpty)
            {
                continue;
            }

            if (page.IsOpenMetrics)
            {
                page.Problems.Add((number, "text after # EOF"));
                break;
            }

            if (line[0] == '#')
            {
                Comment(line.ToString(), number, page);
            }
            else
            {
                Sample(line.ToString(), number, page);
            }
        }

        return page;
    }

    private static void Comment(string line, int number, ExpositionPage page)
    {
        if (line == "# EOF")
        {
            page.IsOpenMetrics = true;
            return;
        }

        var parts = line.Split(' ', 4);
        if (parts is ["#", "HELP", var helped, ..])
        {
            page.Helped.Add(helped);
        }
        else if (parts is ["#", "TYPE", var family, var type])
        {
            if (!page.Types.TryAdd(family, type.Trim()))
            {
                page.Problems.Add((number, $"a second TYPE line for {family}"));
            }
            else if (page.Samples.Exists(sample => sample.Name == family))
            {
                page.Problems.Add((number, $"the TYPE line of {family} comes after its samples"));
            }

            if (type.Trim() is not ("counter" or "gauge" or "histogram" or "summary" or "untyped" or "unknown" or "info"
                or "stateset" or "gaugehistogram"))
            {
                page.Problems.Add((number, $"{family} has the unknown type '{type}'"));
            }
        }
    }

    private static void Sample(string line, int number, ExpositionPage page)
    {
        try
        {
            var place = 0;
            var name = Name(line, ref place, allowColon: true);
            var labels = place < line.Length && line[place] == '{' ? Labels(line, ref place) : [];
            var rest = line[place..];

            // An exemplar comes after the value and a number sign.
            var exemplar = rest.IndexOf(" # ", StringComparison.Ordinal);
            var fields = (exemplar < 0 ? rest : rest[..exemplar]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length is < 1 or > 2 || !rest.StartsWith(' '))
            {
                throw new FormatException("a value is expected after the name and labels");
            }

            page.Samples.Add(new ExpositionSample(name, labels, Number(fields[0]), number));
            if (fields.Length == 2)
            {
                Number(fields[1]);
            }
        }
        catch (FormatException e)
        {
            page.Problems.Add((number, e.Message));
        }
    }

    private static string Name(string line, ref int place, bool allowColon)
    {
        var start = place;
        while (place < line.Length && (char.IsAsciiLetter(line[place]) || line[place] == '_'
            || (allowColon && line[place] == ':') || (place > start && char.IsAsciiDigit(line[place]))))
        {
            place++;
        }

        return place > start ? line[start..place] : throw new FormatException(
            $"a name is expected at column {start + 1}");
    }

    private static Dictionary<string, string> Labels(string line, ref int place)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        place++;
        while (place < line.Length && line[place] != '}')
        {
            var name = Name(line, ref place, allowColon: false);
            if (place + 1 >= line.Length || line[place] != '=' || line[place + 1] != '"')
            {
                throw new FormatException($"=\" is expected after the label {name}");
            }

            place += 2;
            if (!labels.TryAdd(name, Value(line, ref place)))
            {
                throw new FormatException($"the label {name} is there twice");
            }

            if (place < line.Length && line[place] == ',')
            {
                place++;
            }
            else if (place >= line.Length || line[place] != '}')
            {
                throw new FormatException($"a comma or }} is expected after the label {name}");
            }
        }

        return place++ < line.Length ? labels : throw new FormatException("} is missing after the labels");
    }

    private static string Value(string line, ref int place)
    {
        var value = new StringBuilder();
        for (; place < line.Length && line[place] != '"'; place++)
        {
            if (line[place] == '\\' && ++place < line.Length)
            {
                value.Append(line[place] switch
                {
                    'n' => '\n',
                    '\\' => '\\',
                    '"' => '"',
                    var other => throw new FormatException($"\\{other} is no escape"),
                });
            }
            else if (place < line.Length)
            {
                value.Append(line[place]);
            }
        }

        return place++ < line.Length ? value.ToString() : throw new FormatException("a label's value has no end");
    }

    private static double Number(string text) => text switch
    {
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException($"'{text}' is no number"),
    };
}
