using System.Text;

namespace LlmMetrics.Tests.Http;

/// <summary>The ways in which the same body may be written, none of which may change what is read from it.</summary>
internal static class BodyFraming
{
    private static readonly string[] _lineEnds = ["\n", "\r\n", "\r"];

    public static IEnumerable<(string Name, byte[] Body)> Of(Fixture fixture)
    {
        yield return ("no change", fixture.Bytes);
        if (fixture.IsFrames)
        {
            // A binary stream has one form only.
            yield break;
        }

        foreach (var (name, body) in Texts(fixture.Body, fixture.IsEvents))
        {
            yield return (name, Encoding.UTF8.GetBytes(body));
        }
    }

    private static IEnumerable<(string Name, string Body)> Texts(string body, bool isEvents)
    {
        yield return ("CRLF", body.Replace("\n", "\r\n", StringComparison.Ordinal));
        yield return ("CR", body.Replace("\n", "\r", StringComparison.Ordinal));
        yield return ("BOM", "\uFEFF" + body);
        yield return ("blank lines first", "\n\n" + body);
        yield return ("no end of the last line", body.TrimEnd('\n'));
        if (!isEvents)
        {
            yield break;
        }

        yield return ("line ends of all kinds", MixedLineEnds(body));
        yield return ("comments", ": hi\n\n" + body.Replace("\n\ndata", "\n\n: ping\ndata", StringComparison.Ordinal));
        yield return ("no space", body.Replace("\ndata: ", "\ndata:", StringComparison.Ordinal));
        yield return ("data over several lines", string.Join('\n', body.Split('\n').Select(OverSeveralLines)));
        yield return (
            "ids and names",
            body.Replace("\n\ndata", "\n\nid: 7\nretry: 3\nevent: x\ndata", StringComparison.Ordinal));
    }

    /// <summary>One kind per event: the end of a line and that of an empty one must not become one.</summary>
    private static string MixedLineEnds(string body)
    {
        var items = body.Split("\n\n");
        var mixed = new StringBuilder();
        for (var i = 0; i < items.Length; i++)
        {
            var end = _lineEnds[i % 3];
            mixed.Append(items[i].Replace("\n", end, StringComparison.Ordinal));
            mixed.Append(i < items.Length - 1 ? end + end : string.Empty);
        }

        return mixed.ToString();
    }

    /// <summary>Splits where JSON may have white space: after the first bracket and before the last.</summary>
    private static string OverSeveralLines(string line) =>
        line.StartsWith("data: {", StringComparison.Ordinal) && line.EndsWith('}')
            ? $"data: {{\ndata: {line[7..^1]}\ndata: }}"
            : line;
}
