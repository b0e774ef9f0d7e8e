using System.Globalization;
using System.Text.Json;

namespace LlmMetrics.Tool.Tests;

/// <summary>
/// An answer that the handler's tests have, with its expected record, as a file on disk would hold it.
/// </summary>
internal sealed class RecordedFixture
{
    private readonly Dictionary<string, string> _expected = new(StringComparer.Ordinal);

    private RecordedFixture(string name, string text)
    {
        Name = name;
        var split = text.IndexOf("---\n", StringComparison.Ordinal);
        foreach (var line in text[..split].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (line.StartsWith("header: ", StringComparison.Ordinal))
            {
                Headers += line[(colon + 2)..] + "\n";
            }
            else if (!line.StartsWith("requestheader: ", StringComparison.Ordinal))
            {
                _expected.Add(line[..colon], line[(colon + 2)..]);
            }
        }

        Body = text[(split + 4)..];
    }

    public string Name { get; }

    public string Body { get; }

    public string Headers { get; } = "";

    /// <summary>
    /// Speech is told by the characters of the request, which a recorded answer does not have. Event streams of Amazon
    /// are written as text here, and have a test of their own.
    /// </summary>
    public bool NeedsTheRequest => _expected.ContainsKey("characters") || _expected.ContainsKey("request")
        || this["type"] == "application/vnd.amazon.eventstream";

    /// <summary>The model that the address names, which is what a user would say was asked for.</summary>
    public string? AskedModel => this["url"]!.Split("/model/") is [_, var rest] ? rest.Split('/')[0] : null;

    /// <summary>Shapes that several providers read differently, or that say nothing of whose they are.</summary>
    public bool NeedsTheProvider => this["provider"] is "aws.bedrock" or "elevenlabs" or "deepgram" or "moonshot_ai";

    public string? this[string key] => _expected.GetValueOrDefault(key);

    public static RecordedFixture Load(string path) =>
        new(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));

    public void Compare(JsonElement record, bool withProvider, List<string> failures)
    {
        Same("input_tokens", this["input"]);
        Same("output_tokens", this["output"]);
        Same("cached_input_tokens", this["cached"]);
        Same("cache_write_input_tokens", this["cachewrite"]);
        Same("reasoning_output_tokens", this["reasoning"]);
        if (withProvider)
        {
            Same("provider", this["provider"]);
            Same("outcome", this["outcome"]!.ToLowerInvariant());
            Same("error_type", this["error"]);
        }

        if (this["cost"] is { } cost && record.GetProperty("cost_usd").ValueKind == JsonValueKind.Number)
        {
            Same("cost_source", "provider");
            Assert.Equal(
                double.Parse(cost, CultureInfo.InvariantCulture), record.GetProperty("cost_usd").GetDouble(), 12);
        }

        void Same(string field, string? expected)
        {
            var actual = record.GetProperty(field);
            var text = actual.ValueKind == JsonValueKind.Null ? null : actual.ToString();
            if (text != expected)
            {
                failures.Add($"{Name}: {field} is {text ?? "null"}, not {expected ?? "null"}");
            }
        }
    }
}
