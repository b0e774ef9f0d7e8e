using System.Text;

namespace LlmMetrics.Llm;

/// <summary>
/// How a family of providers shapes its requests, answers and streams. A value per shape; the scanners know none of
/// the names in it.
/// </summary>
internal sealed class LlmProtocol
{
    /// <summary>Fields of the request's JSON.</summary>
    public required JsonNode Request { get; init; }

    /// <summary>Fields of an answer, and of one event of a stream.</summary>
    public required JsonNode Response { get; init; }

    /// <summary>
    /// Places of texts in the request, for those who estimate tokens (<see cref="JsonNode.Measuring"/>).
    /// </summary>
    public string[] RequestTexts { get; init; } = [];

    /// <summary>Places of texts in an answer or an event.</summary>
    public string[] ResponseTexts { get; init; } = [];

    /// <summary>Fields of the request, and the length of its texts.</summary>
    public JsonNode MeasuredRequest => field ??= Measured(Request, RequestTexts);

    /// <summary>Fields of an answer, and the length of its texts.</summary>
    public JsonNode MeasuredResponse => field ??= Measured(Response, ResponseTexts);

    /// <summary>
    /// Ends of the names (closing quote included) without which an event holds nothing of interest: most events of a
    /// stream are passed over for lack of them. A name whose value is null or false does not count. Without any, every
    /// event is read.
    /// </summary>
    public byte[][] EventMarks { get; init; } = [];

    /// <summary>
    /// Beginnings of events that hold output and nothing else, for those who put the type of an event first. Given
    /// these, <see cref="EventMarks"/> are not looked for.
    /// </summary>
    public byte[][] OutputBeginnings { get; init; } = [];

    /// <summary>How documents are streamed other than by server-sent events.</summary>
    public DocumentFraming Framing { get; init; }

    /// <summary>Whether a frame holds its event as base64.</summary>
    public bool HasBase64Payload { get; init; }

    /// <summary>Whether tokens read from and written to the cache are counted beside the input.</summary>
    public bool IsCachedBeside { get; init; }

    /// <summary>Whether reasoning is counted beside the output where no total says otherwise.</summary>
    public bool IsReasoningBeside { get; init; }

    /// <summary>Whether a request may ask for figures by <c>stream_options</c>.</summary>
    public bool HasStreamOptions { get; init; }

    /// <summary>Data of an event that is not JSON and ends the stream.</summary>
    public byte[] TerminalData { get; init; } = "[DONE]"u8.ToArray();

    /// <summary>Values of <see cref="LlmField.EventType"/> that end the stream.</summary>
    public IReadOnlyList<byte[]> TerminalEvents { get; init; } = [];

    /// <summary>Values of <see cref="LlmField.EventType"/> that report an error.</summary>
    public IReadOnlyList<byte[]> ErrorEvents { get; init; } = [];

    /// <summary>Values of <see cref="LlmField.EventType"/> that carry no output.</summary>
    public IReadOnlyList<byte[]> SilentEvents { get; init; } = [];

    /// <summary>Whether an event carries output only if the tree marked it (<see cref="LlmField.Output"/>).</summary>
    public bool MarksOutput { get; init; }

    /// <summary>Whether a stream of this shape tells its end, so that one without that event is incomplete.</summary>
    public bool HasTerminalEvent { get; init; } = true;

    /// <summary>Whether an event, given whole, holds nothing of interest but its output.</summary>
    public bool IsOnlyOutput(ReadOnlySpan<byte> data) =>
        OutputBeginnings.Length > 0 ? BeginsAsOutput(data) : EventMarks.Length > 0 && !HasMark(data);

    public static byte[][] Names(params ReadOnlySpan<string> names)
    {
        var bytes = new byte[names.Length][];
        for (var i = 0; i < names.Length; i++)
        {
            bytes[i] = Encoding.UTF8.GetBytes(names[i]);
        }

        return bytes;
    }

    /// <summary>Names as <see cref="EventMarks"/> look for them.</summary>
    public static byte[][] Marks(params ReadOnlySpan<string> names)
    {
        var marks = Names(names);
        for (var i = 0; i < marks.Length; i++)
        {
            marks[i] = [.. marks[i], (byte)'"'];
        }

        return marks;
    }

    public bool IsTerminal(ReadOnlySpan<byte> eventType) => Contains(TerminalEvents, eventType);

    public bool IsError(ReadOnlySpan<byte> eventType) => Contains(ErrorEvents, eventType);

    public bool IsSilent(ReadOnlySpan<byte> eventType) => Contains(SilentEvents, eventType);

    private static JsonNode Measured(JsonNode tree, string[] places)
    {
        foreach (var place in places)
        {
            tree = tree.Measuring(place.Split('.'));
        }

        return tree;
    }

    private static bool Contains(IReadOnlyList<byte[]> values, ReadOnlySpan<byte> value)
    {
        for (var i = 0; i < values.Count && !value.IsEmpty; i++)
        {
            if (value.SequenceEqual(values[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasValue(ReadOnlySpan<byte> data, ReadOnlySpan<byte> mark)
    {
        for (var at = data.IndexOf(mark); at >= 0; at = data.IndexOf(mark))
        {
            var isName = at > 0 && data[at - 1] == (byte)'"';
            data = data[(at + mark.Length)..];
            if (isName && !IsNothing(data))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNothing(ReadOnlySpan<byte> afterName)
    {
        // The compact form is what nearly every server writes.
        if (afterName.StartsWith(":null"u8) || afterName.StartsWith(":false"u8))
        {
            return true;
        }

        var value = afterName.TrimStart(" \t"u8);
        if (!value.StartsWith(":"u8))
        {
            return false;
        }

        value = value[1..].TrimStart(" \t"u8);
        return value.StartsWith("null"u8) || value.StartsWith("false"u8);
    }

    private bool BeginsAsOutput(ReadOnlySpan<byte> data)
    {
        foreach (var beginning in OutputBeginnings)
        {
            if (data.StartsWith(beginning))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasMark(ReadOnlySpan<byte> data)
    {
        foreach (var mark in EventMarks)
        {
            if (HasValue(data, mark))
            {
                return true;
            }
        }

        return false;
    }
}
