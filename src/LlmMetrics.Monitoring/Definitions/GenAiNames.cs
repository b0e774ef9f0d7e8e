namespace LlmMetrics.Monitoring;

/// <summary>Histograms of the GenAI conventions that several panels show.</summary>
internal static class GenAiNames
{
    public const string Duration = "gen_ai.client.operation.duration";

    public const string TimeToFirstChunk = "gen_ai.client.operation.time_to_first_chunk";
}
