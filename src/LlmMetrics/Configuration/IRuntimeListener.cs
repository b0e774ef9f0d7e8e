namespace LlmMetrics.Configuration;

/// <summary>Is told of the runtime where it cannot ask for it.</summary>
internal interface IRuntimeListener
{
    /// <summary>The runtime has been made.</summary>
    void OnCreated(LlmMetricsRuntime runtime);
}
