namespace LlmMetrics.Tests;

/// <summary>
/// Tests that look at the whole process: the OpenTelemetry SDK finds meters by name, and memory is shared.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "alone";
}
