using System.Text.Json.Nodes;
using Simulator.Behaviour;

namespace Simulator.OpenAi;

/// <summary>The usage object of each API.</summary>
internal static class UsagePayload
{
    public static JsonObject Chat(TokenCounts tokens) => new()
    {
        ["prompt_tokens"] = tokens.Input,
        ["completion_tokens"] = tokens.Output,
        ["total_tokens"] = tokens.Total,
        ["prompt_tokens_details"] = new JsonObject
        {
            ["cached_tokens"] = tokens.Cached,
            ["audio_tokens"] = 0,
        },
        ["completion_tokens_details"] = new JsonObject
        {
            ["reasoning_tokens"] = tokens.Reasoning,
            ["audio_tokens"] = 0,
            ["accepted_prediction_tokens"] = 0,
            ["rejected_prediction_tokens"] = 0,
        },
    };

    public static JsonObject Responses(TokenCounts tokens) => new()
    {
        ["input_tokens"] = tokens.Input,
        ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = tokens.Cached },
        ["output_tokens"] = tokens.Output,
        ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = tokens.Reasoning },
        ["total_tokens"] = tokens.Total,
    };

    public static JsonObject Embeddings(TokenCounts tokens) => new()
    {
        ["prompt_tokens"] = tokens.Input,
        ["total_tokens"] = tokens.Total,
    };
}
