using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Tools;

/// <summary>Measures each call of a function as a run of a tool; arguments and results go nowhere.</summary>
internal sealed class MeasuredFunction(AIFunction inner, LlmMetricsRuntime metrics) : DelegatingAIFunction(inner)
{
    protected override ValueTask<object?> InvokeCoreAsync(
        AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        metrics.MeasureToolAsync(Name, token => base.InvokeCoreAsync(arguments, token), cancellationToken);
}
