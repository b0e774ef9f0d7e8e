using System.Runtime.CompilerServices;
using LlmMetrics.Measuring;

namespace LlmMetrics;

/// <summary>Measures workflows: how often they ran, how they ended, how long it took.</summary>
/// <remarks>
/// The name becomes a tag or part of a metric's name and is bounded by the cardinality guard; an empty one counts as
/// <c>unknown</c>. Results and exceptions pass through unchanged: whatever fails here fails in the measured code.
/// </remarks>
public static class WorkflowExtensions
{
    /// <summary>Starts a run of a workflow. Dispose it to end and record it.</summary>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the workflow.</param>
    /// <returns>The run.</returns>
    /// <remarks>
    /// It opens a scope: what happens inside is attributed to the workflow, across <c>await</c> too, and gets a span
    /// <c>invoke_workflow</c> around it.
    /// </remarks>
    public static MeasuredRun StartWorkflow(this LlmMetricsRuntime metrics, string? name) =>
        MeasuredRun.Start(metrics, FactKind.WorkflowRun, name);

    /// <summary>Runs code as a run of a workflow.</summary>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the workflow.</param>
    /// <param name="action">The code.</param>
    public static void MeasureWorkflow(this LlmMetricsRuntime metrics, string? name, Action action) =>
        Measured.Run(metrics, FactKind.WorkflowRun, name, action);

    /// <summary>
    /// Runs code as a run of a workflow. For code that returns a task there is
    /// <c>MeasureWorkflowAsync</c>.
    /// </summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the workflow.</param>
    /// <param name="action">The code.</param>
    /// <returns>What the code returns.</returns>
    public static T MeasureWorkflow<T>(this LlmMetricsRuntime metrics, string? name, Func<T> action) =>
        Measured.Run(metrics, FactKind.WorkflowRun, name, action);

    /// <summary>Runs asynchronous code as a run of a workflow.</summary>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the workflow.</param>
    /// <param name="action">The code.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    /// <returns>A task that ends as the code's does.</returns>
    [OverloadResolutionPriority(1)]
    public static Task MeasureWorkflowAsync(
        this LlmMetricsRuntime metrics,
        string? name,
        Func<CancellationToken, Task> action,
        CancellationToken cancellationToken = default) =>
        Measured.RunAsync(metrics, FactKind.WorkflowRun, name, action, cancellationToken);

    /// <summary>Runs asynchronous code as a run of a workflow.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the workflow.</param>
    /// <param name="action">The code.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    /// <returns>A task with the code's result.</returns>
    [OverloadResolutionPriority(1)]
    public static Task<T> MeasureWorkflowAsync<T>(
        this LlmMetricsRuntime metrics,
        string? name,
        Func<CancellationToken, Task<T>> action,
        CancellationToken cancellationToken = default) =>
        Measured.RunAsync(metrics, FactKind.WorkflowRun, name, action, cancellationToken);

    /// <summary>Runs asynchronous code as a run of a workflow.</summary>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the workflow.</param>
    /// <param name="action">The code.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    /// <returns>A task that ends as the code's does.</returns>
    public static ValueTask MeasureWorkflowAsync(
        this LlmMetricsRuntime metrics,
        string? name,
        Func<CancellationToken, ValueTask> action,
        CancellationToken cancellationToken = default) =>
        Measured.RunAsync(metrics, FactKind.WorkflowRun, name, action, cancellationToken);

    /// <summary>Runs asynchronous code as a run of a workflow.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the workflow.</param>
    /// <param name="action">The code.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    /// <returns>A task with the code's result.</returns>
    public static ValueTask<T> MeasureWorkflowAsync<T>(
        this LlmMetricsRuntime metrics,
        string? name,
        Func<CancellationToken, ValueTask<T>> action,
        CancellationToken cancellationToken = default) =>
        Measured.RunAsync(metrics, FactKind.WorkflowRun, name, action, cancellationToken);

    /// <summary>
    /// Makes each enumeration of a sequence a run of a workflow: until its end, an error, or its being
    /// disposed before, which counts as cancelled.
    /// </summary>
    /// <typeparam name="T">What it yields.</typeparam>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the workflow.</param>
    /// <param name="action">Makes the sequence, with the token of who enumerates it.</param>
    /// <returns>The measured sequence.</returns>
    public static IAsyncEnumerable<T> MeasureWorkflowAsync<T>(
        this LlmMetricsRuntime metrics, string? name, Func<CancellationToken, IAsyncEnumerable<T>> action) =>
        Measured.RunAsync(metrics, FactKind.WorkflowRun, name, action);
}
