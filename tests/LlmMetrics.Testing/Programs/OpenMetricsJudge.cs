using System.Text;
using System.Text.Json;

namespace LlmMetrics.Testing;

/// <summary>Lets python's prometheus_client read a page: its OpenMetrics parser is the strictest there is.</summary>
public static class OpenMetricsJudge
{
    /// <summary>Reads a page as OpenMetrics 1.0.</summary>
    /// <param name="page">The page; must be valid UTF-8, or it is refused.</param>
    /// <returns>What was read, or the error.</returns>
    public static Task<OpenMetricsVerdict> ReadOpenMetricsAsync(ReadOnlyMemory<byte> page) =>
        ReadAsync("openmetrics", page);

    /// <summary>Reads a page as OpenMetrics 1.0.</summary>
    /// <param name="page">The page.</param>
    /// <returns>What was read, or the error.</returns>
    public static Task<OpenMetricsVerdict> ReadOpenMetricsAsync(string page) =>
        ReadOpenMetricsAsync(Encoding.UTF8.GetBytes(page));

    /// <summary>Reads a page as text format 0.0.4.</summary>
    /// <param name="page">The page; must be valid UTF-8, or it is refused.</param>
    /// <returns>What was read, or the error.</returns>
    public static Task<OpenMetricsVerdict> ReadTextAsync(ReadOnlyMemory<byte> page) => ReadAsync("text", page);

    /// <summary>Reads a page as text format 0.0.4.</summary>
    /// <param name="page">The page.</param>
    /// <returns>What was read, or the error.</returns>
    public static Task<OpenMetricsVerdict> ReadTextAsync(string page) => ReadTextAsync(Encoding.UTF8.GetBytes(page));

    private static async Task<OpenMetricsVerdict> ReadAsync(string format, ReadOnlyMemory<byte> page)
    {
        var modules = ExternalPrograms.Require(ExternalPrograms.PythonPrometheusClient);
        var output = await ProgramRunner.RunAsync(
            ExternalPrograms.Require(ExternalPrograms.Python),
            [Repository.PathOf("tests/tools/judge-exposition.py"), format],
            page,
            new Dictionary<string, string?> { ["PYTHONPATH"] = modules, ["PYTHONDONTWRITEBYTECODE"] = "1" });
        if (output.ExitCode != 0)
        {
            throw new InvalidOperationException($"The judge itself failed:\n{output.Error}");
        }

        using var json = JsonDocument.Parse(output.Output);
        if (json.RootElement.TryGetProperty("error", out var error))
        {
            return new OpenMetricsVerdict(error.GetString(), []);
        }

        var families = json.RootElement.GetProperty("families").EnumerateArray();
        return new OpenMetricsVerdict(null, [.. families.Select(Family)]);
    }

    private static JudgedFamily Family(JsonElement family) => new(
        family.GetProperty("name").GetString()!,
        family.GetProperty("type").GetString()!,
        family.GetProperty("help").GetString()!,
        family.GetProperty("unit").GetString()!,
        [.. family.GetProperty("samples").EnumerateArray().Select(Sample)]);

    private static JudgedSample Sample(JsonElement sample) => new(
        sample.GetProperty("name").GetString()!,
        Labels(sample.GetProperty("labels")),
        PromNumber.Parse(sample.GetProperty("value").GetString()!),
        sample.GetProperty("exemplar") is { ValueKind: JsonValueKind.Object } exemplar ? Labels(exemplar) : null);

    private static Dictionary<string, string> Labels(JsonElement labels) =>
        labels.EnumerateObject().ToDictionary(static label => label.Name, static label => label.Value.GetString()!);
}
