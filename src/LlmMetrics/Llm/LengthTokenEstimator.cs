namespace LlmMetrics.Llm;

/// <summary>
/// One token per four bytes of UTF-8, rounded up: near the truth for English and most program text. Texts in other
/// scripts, numbers and JSON are often off by a third.
/// </summary>
internal sealed class LengthTokenEstimator : ITokenEstimator
{
    private const int BytesPerToken = 4;

    public long? Estimate(in PassedText text) => (text.Bytes + BytesPerToken - 1) / BytesPerToken;
}
