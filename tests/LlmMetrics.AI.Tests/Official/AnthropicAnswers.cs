namespace LlmMetrics.AI.Tests.Official;

/// <summary>Answers of the Messages API, written after its documentation.</summary>
internal static class AnthropicAnswers
{
    private const string Head = """
        "id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","stop_sequence":null,
        """;

    private const string Input = """
        "input_tokens":10,"cache_creation_input_tokens":300,"cache_read_input_tokens":2000,"service_tier":"standard",
        """;

    private const string Written = """
        "cache_creation":{"ephemeral_5m_input_tokens":100,"ephemeral_1h_input_tokens":200},
        """;

    public static string Whole { get; } = "{" + Head + """
        "content":[{"type":"text","text":"Good day"}],"stop_reason":"end_turn","usage":{
        """ + Input + Written + """
        "output_tokens":7,"output_tokens_details":{"thinking_tokens":3}}}
        """;

    public static string Stream { get; } = string.Concat(
        Event("message_start", ",\"message\":{" + Head + """
            "content":[],"stop_reason":null,"usage":{
            """ + Input + Written + """
            "output_tokens":1}}
            """),
        Event("content_block_start", """
            ,"index":0,"content_block":{"type":"text","text":""}
            """),
        Event("content_block_delta", """
            ,"index":0,"delta":{"type":"text_delta","text":"Good"}
            """),
        Event("content_block_delta", """
            ,"index":0,"delta":{"type":"text_delta","text":" day"}
            """),
        Event("content_block_stop", """
            ,"index":0
            """),
        Event("message_delta", """
            ,"delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":15}
            """),
        Event("message_stop", string.Empty));

    private static string Event(string name, string rest) =>
        $"event: {name}\ndata: {{\"type\":\"{name}\"{rest}}}\n\n";
}
