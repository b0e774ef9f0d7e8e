namespace LlmMetrics.Http;

/// <summary>What a scanner of an answer tells while it reads.</summary>
internal interface IBodyEvents
{
    /// <summary>A chunk of output has been read.</summary>
    void OnChunk();

    /// <summary>The protocol's end has been read; nothing of interest follows.</summary>
    void OnEnd();
}
