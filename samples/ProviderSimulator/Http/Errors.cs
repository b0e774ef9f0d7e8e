using System.Text.Json.Nodes;

namespace Simulator.Http;

/// <summary>Error bodies in the provider's shape.</summary>
internal static class Errors
{
    public static JsonObject Body(int status, string? model) => status switch
    {
        400 => Body("The request is not valid.", "invalid_request_error", code: null),
        401 => Body("No valid API key was given.", "invalid_request_error", "invalid_api_key"),
        404 => Body($"The model '{model}' does not exist.", "invalid_request_error", "model_not_found"),
        429 => Body($"Rate limit reached for {model} on requests per min.", "requests", "rate_limit_exceeded"),
        503 => Body("The engine is overloaded, try again later.", "service_unavailable_error", code: null),
        < 500 => Body("The request was refused.", "invalid_request_error", code: null),
        _ => Body("The server had an error while processing your request.", "server_error", code: null),
    };

    public static JsonObject Body(string message, string type, string? code) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = message,
            ["type"] = type,
            ["param"] = null,
            ["code"] = code,
        },
    };

    public static string TypeOf(JsonObject body) =>
        (string?)body["error"]!["code"] ?? (string)body["error"]!["type"]!;
}
