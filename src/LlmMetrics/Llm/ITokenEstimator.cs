namespace LlmMetrics;

/// <summary>
/// Estimates tokens from the length of a text, for calls whose provider told none
/// (<see cref="LlmMetricsBuilderExtensions.AddTokenEstimation(ILlmMetricsBuilder, ITokenEstimator)"/>).
/// </summary>
public interface ITokenEstimator
{
    /// <summary>Estimates the tokens of a text of which only the length was kept.</summary>
    /// <param name="text">How long the text was, and whose it was.</param>
    /// <returns>Tokens; null if that cannot be told, which leaves them unknown.</returns>
    /// <remarks>Called on the thread that ended the call: be quick. What it throws is counted and swallowed.</remarks>
    long? Estimate(in PassedText text);
}
