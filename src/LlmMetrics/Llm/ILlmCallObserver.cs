namespace LlmMetrics;

/// <summary>Sees every call on a language model once it has ended, with its cost if that is known.</summary>
/// <remarks>
/// Called on the thread that ended the call: be quick. What it throws is counted and swallowed. It sees values as
/// recorded, before the cardinality guard.
/// </remarks>
public interface ILlmCallObserver
{
    /// <summary>A call has ended.</summary>
    /// <param name="llmCall">The call.</param>
    void OnCall(in LlmCall llmCall);
}
