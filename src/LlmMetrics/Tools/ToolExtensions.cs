using System.Runtime.CompilerServices;
using LlmMetrics.Measuring;

namespace LlmMetrics;

/// <summary>Measures tools: how often they ran, how they ended, how long it took.</summary>
/// <remarks>
/// The name becomes a tag or part of a metric's name and is bounded by the cardinality guard; an empty one counts as
/// <c>unknown</c>. Results and exceptions pass through unchanged: whatever fails here fails in the measured code.
/// </remarks>
public static class ToolExtensions
{
    /// <summary>Starts a run of a tool. Dispose it to end and record it.</summary>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the tool.</param>
    /// <returns>The run.</returns>
    /// <remarks>
    /// It attributes nothing; language-model calls inside stay attributed to the agent that uses the tool, and are
    /// calls of their own, also if the tool is run by a measured client within its call. Its span is
    /// <c>execute_tool</c>.
    /// </remarks>
    public static MeasuredRun StartTool(this LlmMetricsRuntime metrics, string? name) =>
        MeasuredRun.Start(metrics, FactKind.ToolRun, name);

    /// <summary>Runs code as a run of a tool.</summary>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the tool.</param>
    /// <param name="action">The code.</param>
    public static void MeasureTool(this LlmMetricsRuntime metrics, string? name, Action action) =>
        Measured.Run(metrics, FactKind.ToolRun, name, action);

    /// <summary>
    /// Runs code as a run of a tool. For code that returns a task there is
    /// <c>MeasureToolAsync</c>.
    /// </summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the tool.</param>
    /// <param name="action">The code.</param>
    /// <returns>What the code returns.</returns>
    public static T MeasureTool<T>(this LlmMetricsRuntime metrics, string? name, Func<T> action) =>
        Measured.Run(metrics, FactKind.ToolRun, name, action);

    /// <summary>Runs asynchronous code as a run of a tool.</summary>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the tool.</param>
    /// <param name="action">The code.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    /// <returns>A task that ends as the code's does.</returns>
    [OverloadResolutionPriority(1)]
    public static Task MeasureToolAsync(
        this LlmMetricsRuntime metrics,
        string? name,
        Func<CancellationToken, Task> action,
        CancellationToken cancellationToken = default) =>
        Measured.RunAsync(metrics, FactKind.ToolRun, name, action, cancellationToken);

    /// <summary>Runs asynchronous code as a run of a tool.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the tool.</param>
    /// <param name="action">The code.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    /// <returns>A task with the code's result.</returns>
    [OverloadResolutionPriority(1)]
    public static Task<T> MeasureToolAsync<T>(
        this LlmMetricsRuntime metrics,
        string? name,
        Func<CancellationToken, Task<T>> action,
        CancellationToken cancellationToken = default) =>
        Measured.RunAsync(metrics, FactKind.ToolRun, name, action, cancellationToken);

    /// <summary>Runs asynchronous code as a run of a tool.</summary>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the tool.</param>
    /// <param name="action">The code.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    /// <returns>A task that ends as the code's does.</returns>
    public static ValueTask MeasureToolAsync(
        this LlmMetricsRuntime metrics,
        string? name,
        Func<CancellationToken, ValueTask> action,
        CancellationToken cancellationToken = default) =>
        Measured.RunAsync(metrics, FactKind.ToolRun, name, action, cancellationToken);

    /// <summary>Runs asynchronous code as a run of a tool.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the tool.</param>
    /// <param name="action">The code.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    /// <returns>A task with the code's result.</returns>
    public static ValueTask<T> MeasureToolAsync<T>(
        this LlmMetricsRuntime metrics,
        string? name,
        Func<CancellationToken, ValueTask<T>> action,
        CancellationToken cancellationToken = default) =>
        Measured.RunAsync(metrics, FactKind.ToolRun, name, action, cancellationToken);

    /// <summary>
    /// Makes each enumeration of a sequence a run of a tool: until its end, an error, or its being
    /// disposed before, which counts as cancelled.
    /// </summary>
    /// <typeparam name="T">What it yields.</typeparam>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the tool.</param>
    /// <param name="action">Makes the sequence, with the token of who enumerates it.</param>
    /// <returns>The measured sequence.</returns>
    public static IAsyncEnumerable<T> MeasureToolAsync<T>(
        this LlmMetricsRuntime metrics, string? name, Func<CancellationToken, IAsyncEnumerable<T>> action) =>
        Measured.RunAsync(metrics, FactKind.ToolRun, name, action);
}
