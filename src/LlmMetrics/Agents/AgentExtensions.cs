using System.Runtime.CompilerServices;
using LlmMetrics.Measuring;

namespace LlmMetrics;

/// <summary>Measures agents: how often they ran, how they ended, how long it took.</summary>
/// <remarks>
/// The name becomes a tag or part of a metric's name and is bounded by the cardinality guard; an empty one counts as
/// <c>unknown</c>. Results and exceptions pass through unchanged: whatever fails here fails in the measured code.
/// </remarks>
public static class AgentExtensions
{
    /// <summary>Starts a run of an agent. Dispose it to end and record it.</summary>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the agent.</param>
    /// <returns>The run.</returns>
    /// <remarks>
    /// It opens a scope: language-model calls inside are attributed to the agent, across <c>await</c> too, and get a
    /// span <c>invoke_agent</c> around them.
    /// </remarks>
    public static MeasuredRun StartAgent(this LlmMetricsRuntime metrics, string? name) =>
        MeasuredRun.Start(metrics, FactKind.AgentRun, name);

    /// <summary>Runs code as a run of an agent.</summary>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the agent.</param>
    /// <param name="action">The code.</param>
    public static void MeasureAgent(this LlmMetricsRuntime metrics, string? name, Action action) =>
        Measured.Run(metrics, FactKind.AgentRun, name, action);

    /// <summary>
    /// Runs code as a run of an agent. For code that returns a task there is
    /// <c>MeasureAgentAsync</c>.
    /// </summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the agent.</param>
    /// <param name="action">The code.</param>
    /// <returns>What the code returns.</returns>
    public static T MeasureAgent<T>(this LlmMetricsRuntime metrics, string? name, Func<T> action) =>
        Measured.Run(metrics, FactKind.AgentRun, name, action);

    /// <summary>Runs asynchronous code as a run of an agent.</summary>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the agent.</param>
    /// <param name="action">The code.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    /// <returns>A task that ends as the code's does.</returns>
    [OverloadResolutionPriority(1)]
    public static Task MeasureAgentAsync(
        this LlmMetricsRuntime metrics,
        string? name,
        Func<CancellationToken, Task> action,
        CancellationToken cancellationToken = default) =>
        Measured.RunAsync(metrics, FactKind.AgentRun, name, action, cancellationToken);

    /// <summary>Runs asynchronous code as a run of an agent.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the agent.</param>
    /// <param name="action">The code.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    /// <returns>A task with the code's result.</returns>
    [OverloadResolutionPriority(1)]
    public static Task<T> MeasureAgentAsync<T>(
        this LlmMetricsRuntime metrics,
        string? name,
        Func<CancellationToken, Task<T>> action,
        CancellationToken cancellationToken = default) =>
        Measured.RunAsync(metrics, FactKind.AgentRun, name, action, cancellationToken);

    /// <summary>Runs asynchronous code as a run of an agent.</summary>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the agent.</param>
    /// <param name="action">The code.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    /// <returns>A task that ends as the code's does.</returns>
    public static ValueTask MeasureAgentAsync(
        this LlmMetricsRuntime metrics,
        string? name,
        Func<CancellationToken, ValueTask> action,
        CancellationToken cancellationToken = default) =>
        Measured.RunAsync(metrics, FactKind.AgentRun, name, action, cancellationToken);

    /// <summary>Runs asynchronous code as a run of an agent.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the agent.</param>
    /// <param name="action">The code.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    /// <returns>A task with the code's result.</returns>
    public static ValueTask<T> MeasureAgentAsync<T>(
        this LlmMetricsRuntime metrics,
        string? name,
        Func<CancellationToken, ValueTask<T>> action,
        CancellationToken cancellationToken = default) =>
        Measured.RunAsync(metrics, FactKind.AgentRun, name, action, cancellationToken);

    /// <summary>
    /// Makes each enumeration of a sequence a run of an agent: until its end, an error, or its being
    /// disposed before, which counts as cancelled.
    /// </summary>
    /// <typeparam name="T">What it yields.</typeparam>
    /// <param name="metrics">The running library.</param>
    /// <param name="name">Name of the agent.</param>
    /// <param name="action">Makes the sequence, with the token of who enumerates it.</param>
    /// <returns>The measured sequence.</returns>
    public static IAsyncEnumerable<T> MeasureAgentAsync<T>(
        this LlmMetricsRuntime metrics, string? name, Func<CancellationToken, IAsyncEnumerable<T>> action) =>
        Measured.RunAsync(metrics, FactKind.AgentRun, name, action);
}
