using System.Text.Json.Nodes;
using Simulator.Behaviour;

namespace Simulator.OpenAi;

/// <summary>The usage object of each API.</summary>
internal static class UsagePayload
{
    public static JsonObject Chat(TokenCounts tokens, SimulatedProvider provider) => provider switch
    {
        SimulatedProvider.Groq => Groq(tokens),
        SimulatedProvider.Gaianet => Plain(tokens),
        _ => OpenAi(tokens),
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

    private static JsonObject Plain(TokenCounts tokens) => new()
    {
        ["prompt_tokens"] = tokens.Input,
        ["completion_tokens"] = tokens.Output,
        ["total_tokens"] = tokens.Total,
    };

    private static JsonObject OpenAi(TokenCounts tokens)
    {
        var usage = Plain(tokens);
        usage["prompt_tokens_details"] = new JsonObject
        {
            ["cached_tokens"] = tokens.Cached,
            ["audio_tokens"] = 0,
        };
        usage["completion_tokens_details"] = new JsonObject
        {
            ["reasoning_tokens"] = tokens.Reasoning,
            ["audio_tokens"] = 0,
            ["accepted_prediction_tokens"] = 0,
            ["rejected_prediction_tokens"] = 0,
        };
        return usage;
    }

    private static JsonObject Groq(TokenCounts tokens)
    {
        // About 6,000 tokens a second in and 500 out, as its hardware does.
        var (read, written) = (tokens.Input / 6000.0, (tokens.Output ?? 0) / 500.0);
        var usage = Plain(tokens);
        usage["queue_time"] = 0.02;
        usage["prompt_time"] = read;
        usage["completion_time"] = written;
        usage["total_time"] = read + written;
        usage["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = tokens.Cached };
        return usage;
    }
}
