using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Simulator.Behaviour;
using Simulator.Http;

namespace Simulator.OpenAi;

/// <summary>Embeddings, as numbers or as base64 of little-endian floats.</summary>
internal static class EmbeddingsEndpoint
{
    private const int MaxDimensions = 4096;

    public static async Task ServeAsync(Exchange exchange)
    {
        var plan = exchange.Plan;
        await exchange.WaitAsync(plan.FirstChunk);
        await exchange.SendJsonAsync(200, Payload(exchange));
        if (exchange.Draft.Outcome == LedgerOutcome.Completed)
        {
            exchange.Draft.ServedModel = plan.ServedModel;
            exchange.Draft.Told = plan.TellUsage ? plan.Tokens : null;
        }
    }

    private static JsonObject Payload(Exchange exchange)
    {
        var plan = exchange.Plan;
        var random = new SeededRandom(plan.TextSeed);
        var data = new JsonArray();
        for (var index = 0; index < exchange.Request.Inputs; index++)
        {
            data.Add((JsonNode)new JsonObject
            {
                ["object"] = "embedding",
                ["index"] = index,
                ["embedding"] = Vector(exchange.Request, plan.ServedModel, random),
            });
        }

        var body = new JsonObject { ["object"] = "list", ["data"] = data, ["model"] = plan.ServedModel };
        if (plan.TellUsage)
        {
            body["usage"] = UsagePayload.Embeddings(plan.Tokens);
        }

        return body;
    }

    private static JsonNode Vector(ApiRequest request, string model, SeededRandom random)
    {
        var length = Math.Min(request.Dimensions ?? ModelTable.Dimensions(model), MaxDimensions);
        var scale = 2 / Math.Sqrt(length);
        var vector = new float[length];
        for (var index = 0; index < vector.Length; index++)
        {
            vector[index] = (float)((random.NextDouble() - 0.5) * scale);
        }

        return request.Base64
            ? Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector))
            : new JsonArray([.. vector.Select(static value => (JsonNode)value)]);
    }
}
