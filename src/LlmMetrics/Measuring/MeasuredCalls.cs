using System.ComponentModel;
using LlmMetrics.Measuring;
using LlmMetrics.Scopes;

namespace LlmMetrics;

/// <summary>
/// What the code calls that is generated for <see cref="MeasuredAttribute"/>. Not meant for use by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MeasuredCalls
{
    /// <summary>
    /// Starts a run in the runtime of the current scope, else in the only one that lives; without effect if there is
    /// none, or if there are several, which each of them counts as dropped (<c>ambiguous_runtime</c>).
    /// </summary>
    /// <param name="kind">What runs.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The run.</returns>
    public static MeasuredRun Start(MeasuredKind kind, string name) =>
        Ambient() is { } metrics ? Start(metrics, kind, name) : default;

    /// <summary>Starts a run.</summary>
    /// <param name="metrics">The runtime.</param>
    /// <param name="kind">What runs.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The run.</returns>
    public static MeasuredRun Start(LlmMetricsRuntime metrics, MeasuredKind kind, string name) =>
        MeasuredRun.Start(metrics, FactOf(kind), name);

    /// <summary>Notes an exception that passes by, as the filter of a catch clause.</summary>
    /// <param name="run">The run.</param>
    /// <param name="exception">The exception.</param>
    /// <returns>Never true: the exception passes untouched.</returns>
    public static bool Sees(MeasuredRun run, Exception exception) => run.Sees(exception);

    /// <summary>Ends a run that threw before it gave its task.</summary>
    /// <param name="run">The run.</param>
    /// <param name="exception">The exception.</param>
    public static void Fail(MeasuredRun run, Exception exception) => RunEnd.Fail(run, exception);

    /// <summary>Ends a run with its task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="run">The run.</param>
    /// <returns>A task that ends as the given one does.</returns>
    public static Task Finish(Task task, MeasuredRun run) => RunEnd.After(task, run);

    /// <summary>Ends a run with its task.</summary>
    /// <typeparam name="T">Type of the result.</typeparam>
    /// <param name="task">The task.</param>
    /// <param name="run">The run.</param>
    /// <returns>A task that ends as the given one does.</returns>
    public static Task<T> Finish<T>(Task<T> task, MeasuredRun run) => RunEnd.After(task, run);

    /// <summary>Ends a run with its task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="run">The run.</param>
    /// <returns>A task that ends as the given one does.</returns>
    public static ValueTask Finish(ValueTask task, MeasuredRun run) => RunEnd.After(task, run);

    /// <summary>Ends a run with its task.</summary>
    /// <typeparam name="T">Type of the result.</typeparam>
    /// <param name="task">The task.</param>
    /// <param name="run">The run.</param>
    /// <returns>A task that ends as the given one does.</returns>
    public static ValueTask<T> Finish<T>(ValueTask<T> task, MeasuredRun run) => RunEnd.After(task, run);

    /// <summary>Makes each enumeration a run, in the runtime of the current scope or the only one that lives.</summary>
    /// <typeparam name="T">What it yields.</typeparam>
    /// <param name="sequence">The sequence.</param>
    /// <param name="kind">What runs.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The measured sequence.</returns>
    public static IAsyncEnumerable<T> Each<T>(IAsyncEnumerable<T> sequence, MeasuredKind kind, string name) =>
        Ambient() is { } metrics ? Each(metrics, sequence, kind, name) : sequence;

    /// <summary>Makes each enumeration a run.</summary>
    /// <typeparam name="T">What it yields.</typeparam>
    /// <param name="metrics">The runtime.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="kind">What runs.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The measured sequence.</returns>
    public static IAsyncEnumerable<T> Each<T>(
        LlmMetricsRuntime metrics, IAsyncEnumerable<T> sequence, MeasuredKind kind, string name) =>
        Measured.RunAsync(metrics, FactOf(kind), name, _ => sequence);

    private static LlmMetricsRuntime? Ambient() => ScopeFrame.Current?.Runtime ?? LiveRuntimes.Only();

    private static FactKind FactOf(MeasuredKind kind) => kind switch
    {
        MeasuredKind.Agent => FactKind.AgentRun,
        MeasuredKind.Workflow => FactKind.WorkflowRun,
        MeasuredKind.Tool => FactKind.ToolRun,
        _ => FactKind.FunctionRun,
    };
}
