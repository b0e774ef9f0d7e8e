using System.Text;
using System.Text.Json;

namespace LlmMetrics.Tests.Http;

/// <summary>
/// What is left of a fixture without its values: the framing, which headers there are, and which members with which
/// kind of value. Items of a list and documents of a stream that look alike count as one.
/// </summary>
internal static class FixtureShape
{
    public static string Of(Fixture fixture)
    {
        var headers = fixture.Headers.Concat(fixture.RequestHeaders).Select(header => header.Name).Order();
        var shape = fixture.ContentType.StartsWith("audio/", StringComparison.Ordinal)
            ? "audio " + Of(fixture.RequestBody) + fixture.Url.Host + fixture.Url.AbsolutePath
            : Of(fixture.Body);
        return $"{shape} {string.Join(',', headers)} {fixture.ContentType.Split(';')[0]} {End(fixture.Body)}";
    }

    public static string Of(string body)
    {
        var shape = new StringBuilder();
        var previous = string.Empty;
        foreach (var document in Documents(body))
        {
            var next = OfDocument(document);
            if (next != previous)
            {
                shape.Append(next).Append('\n');
                previous = next;
            }
        }

        return shape.ToString();
    }

    private static string End(string body) => body.EndsWith('\n') ? "closed" : "open";

    /// <summary>Each line is one, but lines of a document that is printed over several belong together.</summary>
    private static IEnumerable<string> Documents(string body) =>
        body.StartsWith("{\n", StringComparison.Ordinal) || body.StartsWith('[')
            ? ["pretty" + body]
            : body.Split('\n').Select(static line => line.TrimEnd()).Where(static line => line.Length > 0);

    private static string OfDocument(string document)
    {
        var start = document.IndexOfAny(['{', '[']);
        var text = start < 0 ? document : document[..start];
        return start < 0 ? text : text + OfJson(Encoding.UTF8.GetBytes(document[start..]));
    }

    private static string OfJson(byte[] json)
    {
        var shape = new StringBuilder();
        try
        {
            var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
            while (reader.Read())
            {
                shape.Append(OfToken(in reader));
            }

            return OnePerKind(shape.ToString()) + (reader.CurrentDepth > 0 ? " cut" : string.Empty);
        }
        catch (JsonException)
        {
            return shape.Append(" broken").ToString();
        }
    }

    private static string OfToken(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.PropertyName => reader.GetString() + ':',
        JsonTokenType.StartObject => "{",
        JsonTokenType.EndObject => "}",
        JsonTokenType.StartArray => "[",
        JsonTokenType.EndArray => "]",
        JsonTokenType.Number => reader.GetDouble() == 0 ? "0," : "n,",
        JsonTokenType.String => reader.ValueSpan.IsEmpty ? "e," : "s,",
        _ => Encoding.UTF8.GetString(reader.ValueSpan) + ',',
    };

    /// <summary>Texts and numbers that follow each other in a list are as good as one.</summary>
    private static string OnePerKind(string shape)
    {
        foreach (var kind in new[] { "s,", "n,", "0," })
        {
            while (shape.Contains(kind + kind, StringComparison.Ordinal))
            {
                shape = shape.Replace(kind + kind, kind, StringComparison.Ordinal);
            }
        }

        return shape;
    }
}
