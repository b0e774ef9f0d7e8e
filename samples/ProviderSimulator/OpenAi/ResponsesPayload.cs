using System.Text.Json.Nodes;
using Simulator.Behaviour;
using Simulator.Http;

namespace Simulator.OpenAi;

/// <summary>The JSON of the Responses API, field by field as the provider sends it.</summary>
internal static class ResponsesPayload
{
    public static string Status(Exchange exchange) =>
        exchange.Plan.FinishReason == "length" ? "incomplete" : "completed";

    public static string MessageId(Exchange exchange) => "msg_" + exchange.Plan.ResponseId[5..];

    public static JsonObject Running(Exchange exchange) => Response(exchange, "in_progress", []);

    public static JsonObject Finished(Exchange exchange)
    {
        var plan = exchange.Plan;
        var status = Status(exchange);
        var text = TextSource.Text(plan.TextSeed, plan.VisibleTokens);
        var response = Response(exchange, status, new JsonArray(Message(exchange, text, status)));
        if (status == "incomplete")
        {
            response["incomplete_details"] = new JsonObject { ["reason"] = "max_output_tokens" };
        }

        response["usage"] = plan.TellUsage ? UsagePayload.Responses(plan.Tokens) : null;
        return response;
    }

    public static JsonObject Failed(Exchange exchange)
    {
        var response = Response(exchange, "failed", []);
        response["error"] = new JsonObject
        {
            ["code"] = "server_error",
            ["message"] = "The model failed to generate a response.",
        };
        return response;
    }

    public static JsonObject Message(Exchange exchange, string? text, string status) => new()
    {
        ["id"] = MessageId(exchange),
        ["type"] = "message",
        ["status"] = status,
        ["content"] = text is null ? new JsonArray() : new JsonArray(Text(text)),
        ["role"] = "assistant",
    };

    public static JsonObject Text(string text) => new()
    {
        ["type"] = "output_text",
        ["annotations"] = new JsonArray(),
        ["logprobs"] = new JsonArray(),
        ["text"] = text,
    };

    private static JsonObject Response(Exchange exchange, string status, JsonArray output) => new()
    {
        ["id"] = exchange.Plan.ResponseId,
        ["object"] = "response",
        ["created_at"] = exchange.Created,
        ["status"] = status,
        ["background"] = false,
        ["error"] = null,
        ["incomplete_details"] = null,
        ["instructions"] = null,
        ["max_output_tokens"] = exchange.Request.MaxOutputTokens,
        ["model"] = exchange.Plan.ServedModel,
        ["output"] = output,
        ["parallel_tool_calls"] = true,
        ["previous_response_id"] = null,
        ["service_tier"] = exchange.Request.ServiceTier,
        ["store"] = false,
        ["temperature"] = 1.0,
        ["text"] = new JsonObject { ["format"] = new JsonObject { ["type"] = "text" } },
        ["tool_choice"] = "auto",
        ["tools"] = new JsonArray(),
        ["top_p"] = 1.0,
        ["truncation"] = "disabled",
        ["usage"] = null,
        ["metadata"] = new JsonObject(),
    };
}
