namespace LlmMetrics.EndToEnd.Tests;

/// <summary>
/// Tests that no other host may run beside: the OpenTelemetry SDK picks meters by name, so its pipeline would also
/// send what the hosts of other tests in this process measure.
/// </summary>
[CollectionDefinition(nameof(AloneInProcess), DisableParallelization = true)]
public sealed class AloneInProcess;
