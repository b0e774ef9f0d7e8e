using System.Text.Json;

namespace Simulator.OpenAi;

/// <summary>Size of a prompt: about four characters make a token, and each message costs a few more.</summary>
internal readonly record struct Prompt(int Tokens, string Prefix, int Inputs)
{
    private const int TokensPerMessage = 4;
    private const int TokensOfPriming = 3;

    public static Prompt Read(ApiOperation operation, JsonElement body) => operation switch
    {
        ApiOperation.Chat => Chat(body),
        ApiOperation.Embeddings => Embeddings(body),
        ApiOperation.Responses => Responses(body),
        _ => default,
    };

    public static int CountTokens(string text) => CountTokens(text.Length);

    private static int CountTokens(int characters) => (characters + 3) / 4;

    private static Prompt Chat(JsonElement body)
    {
        if (!body.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
        {
            return new(0, string.Empty, 0);
        }

        var (tokens, prefix) = Messages(messages);
        return new(tokens + Tools(body), prefix, messages.GetArrayLength());
    }

    private static Prompt Responses(JsonElement body)
    {
        if (!body.TryGetProperty("input", out var input))
        {
            return new(0, string.Empty, 0);
        }

        var instructions = body.TryGetProperty("instructions", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : string.Empty;
        var tokens = Tools(body) + CountTokens(instructions);
        if (input.ValueKind == JsonValueKind.String)
        {
            return new(tokens + CountTokens(Characters(input)) + TokensPerMessage + TokensOfPriming, instructions, 1);
        }

        var (messageTokens, prefix) = Messages(input);
        return new(tokens + messageTokens, instructions.Length > 0 ? instructions : prefix, 1);
    }

    private static Prompt Embeddings(JsonElement body)
    {
        if (!body.TryGetProperty("input", out var input))
        {
            return new(0, string.Empty, 0);
        }

        if (input.ValueKind != JsonValueKind.Array)
        {
            return new(Math.Max(1, CountTokens(Characters(input))), string.Empty, 1);
        }

        var items = input.EnumerateArray().ToArray();
        return items.All(static i => i.ValueKind == JsonValueKind.Number)
            ? new(items.Length, string.Empty, 1)
            : new(items.Sum(InputTokens), string.Empty, items.Length);

        // An input is a text or a list of token numbers.
        static int InputTokens(JsonElement item) => item.ValueKind == JsonValueKind.Array
            ? item.GetArrayLength()
            : Math.Max(1, CountTokens(Characters(item)));
    }

    private static (int Tokens, string Prefix) Messages(JsonElement messages)
    {
        var tokens = TokensOfPriming;
        string? prefix = null;
        foreach (var message in messages.ValueKind == JsonValueKind.Array ? messages.EnumerateArray().ToArray() : [])
        {
            if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("content", out var content))
            {
                tokens += TokensPerMessage;
                continue;
            }

            tokens += TokensPerMessage + CountTokens(Characters(content));
            prefix ??= AllText(content);
        }

        return (tokens, prefix ?? string.Empty);
    }

    private static string AllText(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(static part =>
            part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var text)
                && text.ValueKind == JsonValueKind.String
                ? text.GetString()
                : string.Empty)),
        _ => string.Empty,
    };

    private static int Characters(JsonElement content) => AllText(content).Length;

    private static int Tools(JsonElement body) =>
        body.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Array
            ? CountTokens(tools.GetRawText().Length)
            : 0;
}
