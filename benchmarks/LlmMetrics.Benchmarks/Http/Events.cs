using System.Globalization;
using System.Text;

namespace LlmMetrics.Benchmarks.Http;

/// <summary>Answers of a provider.</summary>
internal static class Events
{
    public const int EventBytes = 200;

    public const string Url = "http://127.0.0.1/v1/chat/completions";

    /// <summary>An event of exactly 200 bytes with a piece of text, another one each time, and no usage.</summary>
    public static byte[] Chunk(int number)
    {
        const string Head = """data: {"id":"chatcmpl-9","object":"chat.completion.chunk","created":1763600000,"""
            + "\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"";
        const string Tail = "\"},\"finish_reason\":null}]}\n\n";
        var text = (" word" + Text(number * 7919L % 10007) + " and so on").PadRight(EventBytes, 'x');
        return Encoding.UTF8.GetBytes(Head + text[..(EventBytes - Head.Length - Tail.Length)] + Tail);
    }

    /// <summary>An event with a piece of text and figures that grow, as vLLM sends them if asked to.</summary>
    public static byte[] ChunkWithUsage(int number) => Encoding.UTF8.GetBytes(
        """data: {"id":"chatcmpl-9","object":"chat.completion.chunk","created":1763600000,"model":"gpt-4o-mini","""
        + """ "choices":[{"index":0,"delta":{"content":" word """ + Text(number % 1000)
        + """ "},"finish_reason":null}], "usage":{"prompt_tokens":1000,"completion_tokens":""" + Text(number)
        + ""","total_tokens":""" + Text(number + 1000) + "}}\n\n");

    /// <summary>As many events as asked for, without the end of the stream.</summary>
    public static byte[] Stream(int events, Func<int, byte[]> chunk)
    {
        using var body = new MemoryStream();
        for (var i = 0; i < events; i++)
        {
            body.Write(chunk(i));
        }

        return body.ToArray();
    }

    public static byte[] Plain { get; } = Encoding.UTF8.GetBytes(
        """{"id":"chatcmpl-9","object":"chat.completion","created":1763600000,"model":"gpt-4o-mini","choices":"""
        + """[{"index":0,"message":{"role":"assistant","content":" """ + new string('x', 1500)
        + """ "},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":375,"""
        + """ "total_tokens":1375,"prompt_tokens_details":{"cached_tokens":256}}}""");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
