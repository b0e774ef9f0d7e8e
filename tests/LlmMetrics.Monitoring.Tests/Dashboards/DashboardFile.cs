using System.Text.Json.Nodes;

namespace LlmMetrics.Monitoring.Tests.Dashboards;

/// <summary>A committed dashboard.</summary>
internal sealed record DashboardFile(string Name, JsonObject Json)
{
    public static IEnumerable<DashboardFile> All => CommittedStacks.Dashboards.Select(static path =>
        new DashboardFile(Path.GetFileName(path), JsonNode.Parse(File.ReadAllText(path))!.AsObject()));

    public string Title => (string)Json["title"]!;

    public IEnumerable<JsonObject> Panels => Json["panels"]!.AsArray().Select(static panel => panel!.AsObject())
        .Where(static panel => (string?)panel["type"] != "row");

    public IEnumerable<JsonObject> Variables =>
        Json["templating"]!["list"]!.AsArray().Select(static variable => variable!.AsObject());

    public JsonObject Variable(string name) => Variables.Single(variable => (string?)variable["name"] == name);

    public static IEnumerable<string> QueriesOf(JsonObject panel) =>
        panel["targets"]!.AsArray().Select(static target => (string)target!["expr"]!);
}
