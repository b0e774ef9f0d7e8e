using System.Text.Json;

namespace Samples.Tests.Acceptance;

/// <summary>What one of the five systems has always exposed.</summary>
/// <param name="Metrics">What its /metrics shows, or what it sends over OTLP.</param>
/// <param name="Queries">The queries of its document.</param>
/// <param name="Files">What its JSON files hold.</param>
internal sealed record DocumentedSystem(
    IReadOnlyList<DocumentedMetric> Metrics, IReadOnlyList<DocumentedQuery> Queries,
    IReadOnlyList<DocumentedMetric>? Files)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<Dictionary<string, DocumentedSystem>> _all = new(Read);

    /// <summary>The system that a sample stands for.</summary>
    public static DocumentedSystem Of(string sample) => _all.Value[sample];

    private static Dictionary<string, DocumentedSystem> Read()
    {
        using var json = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data/systems.json")));
        return json.RootElement.EnumerateObject()
            .Where(static member => member.Value.ValueKind == JsonValueKind.Object)
            .ToDictionary(static m => m.Name, static m => m.Value.Deserialize<DocumentedSystem>(_json)!);
    }
}
