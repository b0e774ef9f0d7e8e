using System.Text;

namespace LlmMetrics.Tests.Http.Traps;

/// <summary>One request and its answer through the handler, and what was recorded of it.</summary>
internal static class Exchange
{
    public const string Events = "text/event-stream";
    public const string Json = "application/json";
    public const string OpenAi = "https://api.openai.com/v1/chat/completions";
    public const string Anthropic = "https://api.anthropic.com/v1/messages";
    public const string Gemini = "https://generativelanguage.googleapis.com/v1beta/models/m:streamGenerateContent";

    public static Task<LlmCall> ReadAsync(string url, string type, string body, params (string, string)[] headers) =>
        ReadAsync(url, type, Encoding.UTF8.GetBytes(body), headers: headers);

    public static async Task<LlmCall> ReadAsync(
        string url,
        string type,
        byte[] body,
        ChunkPlan? plan = null,
        string model = "asked",
        params (string Name, string Value)[] headers)
    {
        using var inner = new ScriptedHandler(body, plan ?? ChunkPlan.Of(7), type) { Headers = headers };
        using var scenario = new Scenario(inner);
        using var request = Scenario.Request(url, model);
        using var response = await scenario.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
        return scenario.Log.Single;
    }

    /// <summary>Reads the first bytes of an answer and lets go of it.</summary>
    public static async Task<LlmCall> BreakOffAsync(string url, string body, int after)
    {
        using var inner = new ScriptedHandler(Encoding.UTF8.GetBytes(body), ChunkPlan.Of(after), Events);
        using var scenario = new Scenario(inner);
        using var request = Scenario.Request(url);
        using (var response = await scenario.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal(after, await (await response.Content.ReadAsStreamAsync()).ReadAsync(new byte[after]));
        }

        return scenario.Log.Single;
    }

    /// <summary>Server-sent events of these data, each in one line.</summary>
    public static string Stream(params string[] data) =>
        string.Concat(data.Select(item => $"data: {item.ReplaceLineEndings(string.Empty)}\n\n"));
}
