using System.Text.Json.Nodes;

namespace Simulator.Http;

/// <summary>Error bodies in the provider's shape.</summary>
internal static class Errors
{
    public static JsonObject Body(SimulatedProvider provider, int status, string? model) => status switch
    {
        400 => Body(provider, "The request is not valid.", "invalid_request_error", code: null),
        401 => Body(provider, "No valid API key was given.", "invalid_request_error", "invalid_api_key"),
        404 => Body(
            provider, $"The model '{model}' does not exist.", "invalid_request_error", "model_not_found"),
        429 => Body(
            provider, $"Rate limit reached for {model} on requests per min.", "requests", "rate_limit_exceeded"),
        503 => Body(
            provider, "The engine is overloaded, try again later.", "service_unavailable_error", code: null),
        < 500 => Body(provider, "The request was refused.", "invalid_request_error", code: null),
        _ => Body(provider, "The server had an error while processing your request.", "server_error", code: null),
    };

    public static JsonObject Body(SimulatedProvider provider, string message, string type, string? code) =>
        provider switch
        {
            SimulatedProvider.ElevenLabs => new JsonObject
            {
                ["detail"] = new JsonObject { ["status"] = code ?? type, ["message"] = message },
            },
            SimulatedProvider.Deepgram => new JsonObject
            {
                ["err_code"] = code ?? type,
                ["err_msg"] = message,
            },
            _ => new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["message"] = message,
                    ["type"] = type,
                    ["param"] = null,
                    ["code"] = code,
                },
            },
        };

    public static string TypeOf(SimulatedProvider provider, JsonObject body) => provider switch
    {
        SimulatedProvider.ElevenLabs => (string)body["detail"]!["status"]!,
        SimulatedProvider.Deepgram => (string)body["err_code"]!,
        _ => (string?)body["error"]!["code"] ?? (string)body["error"]!["type"]!,
    };
}
