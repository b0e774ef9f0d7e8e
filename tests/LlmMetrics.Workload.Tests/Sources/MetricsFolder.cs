using System.Globalization;
using System.Text.Json;

namespace LlmMetrics.Workload.Sources;

/// <summary>A folder of JSON files as an app writes them, with totals of the default profile.</summary>
internal sealed class MetricsFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("llmmetrics-workload-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Writes the totals that a process has at one moment.</summary>
    public void Write(DateTimeOffset time, string instance, DateTimeOffset start, double calls, double input,
        double output)
    {
        var name = $"metrics-{time.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}.json";
        File.WriteAllText(System.IO.Path.Combine(Path, name), Text(time, instance, start, calls, input, output));
    }

    public static string Text(
        DateTimeOffset time, string instance, DateTimeOffset start, double calls, double input, double output)
    {
        Dictionary<string, string> tags = new() { ["operation"] = "chat", ["model"] = "m", ["outcome"] = "ok" };
        object Tokens(string type, double value) =>
            new { tags = new Dictionary<string, string> { ["type"] = type, ["operation"] = "chat" }, value };
        return JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["timestamp"] = Stamp(time),
            ["schema_version"] = 1,
            ["instance_id"] = instance,
            ["start_time"] = Stamp(start),
            ["metrics"] = new Dictionary<string, object>
            {
                ["llm.calls"] = new { name = "llm.calls", type = "counter", series =
                    new[] { new { tags, value = calls } } },
                ["llm.tokens"] = new
                {
                    name = "llm.tokens",
                    type = "counter",
                    series = new[] { Tokens("input", input), Tokens("output", output), Tokens("cache_read", 5) },
                },
            },
        });
    }

    private static string Stamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
