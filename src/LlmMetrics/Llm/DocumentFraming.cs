namespace LlmMetrics.Llm;

/// <summary>How a protocol streams JSON documents without server-sent events.</summary>
internal enum DocumentFraming
{
    /// <summary>It does not: a body that is not a stream of events is one document.</summary>
    None,

    /// <summary>One document per line.</summary>
    Lines,

    /// <summary>One array whose items come one after the other.</summary>
    Array,

    /// <summary>Frames of <c>application/vnd.amazon.eventstream</c>.</summary>
    Frames,
}
