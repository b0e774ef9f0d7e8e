using System.Text.Json.Nodes;
using Simulator.Behaviour;
using Simulator.Http;

namespace Simulator.OpenAi;

/// <summary>The list of models.</summary>
internal static class ModelsEndpoint
{
    public static Task ServeAsync(Exchange exchange)
    {
        var path = exchange.Http.Request.Path.Value!;
        var name = path[(path.LastIndexOf('/') + 1)..];
        return exchange.SendJsonAsync(200, name == "models"
            ? new JsonObject
            {
                ["object"] = "list",
                ["data"] = new JsonArray([.. ModelTable.Names.Select(static model => (JsonNode)Model(model))]),
            }
            : Model(name));
    }

    private static JsonObject Model(string name) => new()
    {
        ["id"] = name,
        ["object"] = "model",
        ["created"] = 1_721_172_741,
        ["owned_by"] = "simulator",
    };
}
