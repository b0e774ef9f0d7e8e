namespace LlmMetrics.Http;

/// <summary>Looks at bytes that pass by. Never throws and never keeps them.</summary>
internal interface IByteTap
{
    void Observe(ReadOnlySpan<byte> bytes);

    /// <summary>Writing on has failed: whoever takes the bytes is to blame, not who sent them.</summary>
    void OnTargetFailed();
}
