using System.Globalization;
using System.Text.Json.Nodes;
using Simulator.Behaviour;
using Simulator.Http;

namespace Simulator.Audio;

/// <summary>Deepgram's speech to text for recorded audio (<c>/v1/listen</c>).</summary>
internal static class ListenEndpoint
{
    // The service reads recordings much faster than they were spoken.
    private const double SecondsPerSecond = 0.02;

    public static async Task ServeAsync(Exchange exchange)
    {
        var request = exchange.Request;
        await exchange.WaitAsync(
            exchange.Plan.FirstChunk + TimeSpan.FromSeconds(request.AudioSeconds * SecondsPerSecond));
        await exchange.SendJsonAsync(200, Payload(exchange));
        if (exchange.Draft.Outcome == LedgerOutcome.Completed)
        {
            exchange.Draft.AudioSeconds = request.AudioSeconds * request.Channels;
        }
    }

    private static JsonObject Payload(Exchange exchange)
    {
        var (request, plan) = (exchange.Request, exchange.Plan);
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["transaction_key"] = "deprecated",
                ["request_id"] = exchange.Draft.Id,
                ["sha256"] = plan.TextSeed.ToString("x64", CultureInfo.InvariantCulture),
                ["created"] = DateTimeOffset.FromUnixTimeSeconds(exchange.Created)
                    .ToString("O", CultureInfo.InvariantCulture),
                ["duration"] = request.AudioSeconds,
                ["channels"] = request.Channels,
                ["models"] = new JsonArray(plan.ResponseId),
                ["model_info"] = new JsonObject
                {
                    [plan.ResponseId] = new JsonObject { ["name"] = request.Model, ["arch"] = "nova-2" },
                },
            },
            ["results"] = new JsonObject
            {
                ["channels"] = new JsonArray([.. Enumerable.Range(0, request.Channels).Select(Channel)]),
            },
        };

        JsonNode Channel(int number) => new JsonObject
        {
            ["alternatives"] = new JsonArray(new JsonObject
            {
                ["transcript"] = TextSource.Text(plan.TextSeed + (ulong)number, (int)(request.AudioSeconds * 2.5) + 1),
                ["confidence"] = 0.97,
                ["words"] = new JsonArray(),
            }),
        };
    }
}
