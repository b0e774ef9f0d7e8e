using System.Text.Json.Nodes;
using Simulator.Behaviour;
using Simulator.Http;

namespace Simulator.OpenAi;

/// <summary>The JSON of chat completions, field by field as the provider sends it.</summary>
internal static class ChatPayload
{
    public static JsonObject Whole(Exchange exchange)
    {
        var plan = exchange.Plan;
        var body = Head(exchange, "chat.completion");
        body["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject
            {
                ["role"] = "assistant",
                ["content"] = TextSource.Text(plan.TextSeed, plan.VisibleTokens),
                ["refusal"] = null,
                ["annotations"] = new JsonArray(),
            },
            ["logprobs"] = null,
            ["finish_reason"] = plan.FinishReason,
        });
        if (plan.TellUsage)
        {
            body["usage"] = UsagePayload.Chat(plan.Tokens, exchange.Provider);
        }

        return body;
    }

    /// <summary>What Azure sends first: no choices and an empty model.</summary>
    public static JsonObject PromptFilter() => new()
    {
        ["choices"] = new JsonArray(),
        ["created"] = 0,
        ["id"] = string.Empty,
        ["model"] = string.Empty,
        ["object"] = string.Empty,
        ["prompt_filter_results"] = new JsonArray(new JsonObject
        {
            ["prompt_index"] = 0,
            ["content_filter_results"] = new JsonObject
            {
                ["hate"] = new JsonObject { ["filtered"] = false, ["severity"] = "safe" },
            },
        }),
    };

    public static JsonObject Opening(Exchange exchange) => Chunk(
        exchange,
        new JsonObject { ["role"] = "assistant", ["content"] = string.Empty, ["refusal"] = null },
        finish: null);

    public static JsonObject Content(Exchange exchange, string text) =>
        Chunk(exchange, new JsonObject { ["content"] = text }, finish: null);

    public static JsonObject Finish(Exchange exchange)
    {
        var chunk = Chunk(exchange, [], exchange.Plan.FinishReason);
        if (exchange.Provider == SimulatedProvider.Groq && exchange.Plan.TellUsage)
        {
            // Groq tells the usage of a stream here, whether or not it was asked for.
            chunk["x_groq"]!["usage"] = UsagePayload.Chat(exchange.Plan.Tokens, exchange.Provider);
        }

        return chunk;
    }

    public static JsonObject Usage(Exchange exchange)
    {
        var chunk = Head(exchange, "chat.completion.chunk");
        chunk["choices"] = new JsonArray();
        chunk["usage"] = UsagePayload.Chat(exchange.Plan.Tokens, exchange.Provider);
        return chunk;
    }

    private static JsonObject Chunk(Exchange exchange, JsonObject delta, string? finish)
    {
        var chunk = Head(exchange, "chat.completion.chunk");
        chunk["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["delta"] = delta,
            ["logprobs"] = null,
            ["finish_reason"] = finish,
        });
        if (exchange.Request.IncludeUsage)
        {
            chunk["usage"] = null;
        }

        return chunk;
    }

    private static JsonObject Head(Exchange exchange, string type)
    {
        var head = new JsonObject
        {
            ["id"] = exchange.Plan.ResponseId,
            ["object"] = type,
            ["created"] = exchange.Created,
            ["model"] = exchange.Plan.ServedModel,
        };
        if (exchange.Provider == SimulatedProvider.Gaianet)
        {
            return head;
        }

        var isGroq = exchange.Provider == SimulatedProvider.Groq;
        head["service_tier"] = isGroq ? "on_demand" : exchange.Request.ServiceTier;
        head["system_fingerprint"] = "fp_simulator";
        if (isGroq)
        {
            head["x_groq"] = new JsonObject { ["id"] = exchange.Draft.Id };
        }

        return head;
    }
}
