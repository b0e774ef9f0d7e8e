using System.Text.Json;

namespace Simulator.OpenAi;

/// <summary>What the simulator reads out of a request body.</summary>
internal sealed record ApiRequest
{
    public required ApiRoute Route { get; init; }

    /// <summary>The body's fingerprint, which seeds the answer.</summary>
    public required ulong Fingerprint { get; init; }

    public string? Model { get; init; }

    public bool Stream { get; init; }

    public bool IncludeUsage { get; init; }

    public int InputTokens { get; init; }

    public string Prefix { get; init; } = string.Empty;

    public int? MaxOutputTokens { get; init; }

    public int Inputs { get; init; } = 1;

    public bool Base64 { get; init; }

    public int? Dimensions { get; init; }

    public int Characters { get; init; }

    public double AudioSeconds { get; init; }

    public int Channels { get; init; }

    public string ServiceTier { get; init; } = "default";

    public static ApiRequest Parse(ApiRoute route, ulong fingerprint, JsonElement body)
    {
        if (route.Operation == ApiOperation.Speech)
        {
            return Speech(route, fingerprint, body);
        }

        var prompt = Prompt.Read(route.Operation, body);
        return new()
        {
            Route = route,
            Fingerprint = fingerprint,
            Model = Text(body, "model"),
            Stream = Flag(body, "stream"),
            IncludeUsage = body.TryGetProperty("stream_options", out var options) && Flag(options, "include_usage"),
            InputTokens = prompt.Tokens,
            Prefix = prompt.Prefix,
            MaxOutputTokens = Number(body, "max_completion_tokens") ?? Number(body, "max_tokens")
                ?? Number(body, "max_output_tokens"),
            Inputs = prompt.Inputs,
            Base64 = Text(body, "encoding_format") == "base64",
            Dimensions = Number(body, "dimensions"),
            ServiceTier = Text(body, "service_tier") is { } tier and not "auto" ? tier : "default",
        };
    }

    /// <summary>OpenAI calls it input, ElevenLabs text, and has a default model.</summary>
    private static ApiRequest Speech(ApiRoute route, ulong fingerprint, JsonElement body)
    {
        var text = Text(body, "input") ?? Text(body, "text") ?? string.Empty;
        return new()
        {
            Route = route,
            Fingerprint = fingerprint,
            Model = Text(body, "model") ?? Text(body, "model_id")
                ?? (body.TryGetProperty("text", out _) ? "eleven_multilingual_v2" : null),
            Inputs = text.Length > 0 ? 1 : 0,

            // As providers count: characters, not UTF-16 units.
            Characters = text.EnumerateRunes().Count(),
        };
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number) && number > 0
            ? number
            : null;

    private static bool Flag(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.True;
}
