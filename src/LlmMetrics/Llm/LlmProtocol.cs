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
    /// Ends of the names (closing quote included) without which an event holds nothing of interest: most events of a
    /// stream are passed over for lack of them. A name whose value is null does not count.
    /// </summary>
    public required byte[][] EventMarks { get; init; }

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

    /// <summary>Whether an event, given whole, may hold something of interest.</summary>
    public bool MayMatter(ReadOnlySpan<byte> data)
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

    public bool IsTerminal(ReadOnlySpan<byte> eventType) => Contains(TerminalEvents, eventType);

    public bool IsError(ReadOnlySpan<byte> eventType) => Contains(ErrorEvents, eventType);

    public bool IsSilent(ReadOnlySpan<byte> eventType) => Contains(SilentEvents, eventType);

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
            if (isName && !IsNull(data))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNull(ReadOnlySpan<byte> afterName)
    {
        // The compact form is what nearly every server writes.
        if (afterName.StartsWith(":null"u8))
        {
            return true;
        }

        var value = afterName.TrimStart(" \t"u8);
        return value.StartsWith(":"u8) && value[1..].TrimStart(" \t"u8).StartsWith("null"u8);
    }
}
