using System.Diagnostics.CodeAnalysis;
using LlmMetrics.AI.Chat;
using LlmMetrics.AI.Embeddings;
using LlmMetrics.AI.Images;
using LlmMetrics.AI.Speech;
using LlmMetrics.AI.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics;

/// <summary>Measures the clients and tools of Microsoft.Extensions.AI.</summary>
/// <remarks>
/// <para>
/// Answers and exceptions pass through as they are, streamed updates one by one and unkept. What becomes of a call is
/// what becomes of one that <see cref="LlmMetricsHandler"/> measures: tokens, cost, duration, outcome and a span
/// <c>chat {model}</c> (GenAI conventions 1.41). Messages, audio, images, arguments and results are never recorded.
/// </para>
/// <para>
/// A call that several layers measure (two clients, a client over an HttpClient with the handler) counts once, with
/// what the layer closest to the provider knows.
/// </para>
/// <para>
/// Without a <c>provider</c>, who answers is told by the address in the client's metadata if it is known
/// (docs/providers.md), else by the name in it.
/// </para>
/// </remarks>
public static class LlmMetricsAIExtensions
{
    private const string Experimental = "MEAI001";

    /// <summary>Measures the calls of a chat client. Fits <c>ChatClientBuilder.Use</c>.</summary>
    /// <param name="inner">The client.</param>
    /// <param name="services">Services of a host that called <c>AddLlmMetrics()</c>.</param>
    /// <returns>The measured client, which disposes the other one with itself.</returns>
    /// <exception cref="InvalidOperationException">Thrown if the host did not call it.</exception>
    public static IChatClient WithLlmMetrics(this IChatClient inner, IServiceProvider services) =>
        inner.WithLlmMetrics(RuntimeOf(services));

    /// <summary>Measures the calls of a chat client.</summary>
    /// <param name="inner">The client.</param>
    /// <param name="metrics">The running library.</param>
    /// <param name="provider">Who answers, where that is better known than told.</param>
    /// <returns>The measured client, which disposes the other one with itself.</returns>
    public static IChatClient WithLlmMetrics(
        this IChatClient inner, LlmMetricsRuntime metrics, string? provider = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(metrics);
        return new MeasuredChatClient(inner, metrics, provider);
    }

    /// <summary>Measures the calls of an embedding generator. Fits <c>EmbeddingGeneratorBuilder.Use</c>.</summary>
    /// <typeparam name="TInput">What it embeds.</typeparam>
    /// <typeparam name="TEmbedding">What it makes of it.</typeparam>
    /// <param name="inner">The generator.</param>
    /// <param name="services">Services of a host that called <c>AddLlmMetrics()</c>.</param>
    /// <returns>The measured generator, which disposes the other one with itself.</returns>
    /// <exception cref="InvalidOperationException">Thrown if the host did not call it.</exception>
    public static IEmbeddingGenerator<TInput, TEmbedding> WithLlmMetrics<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> inner, IServiceProvider services)
        where TEmbedding : Embedding => inner.WithLlmMetrics(RuntimeOf(services));

    /// <summary>Measures the calls of an embedding generator.</summary>
    /// <typeparam name="TInput">What it embeds.</typeparam>
    /// <typeparam name="TEmbedding">What it makes of it.</typeparam>
    /// <param name="inner">The generator.</param>
    /// <param name="metrics">The running library.</param>
    /// <param name="provider">Who answers, where that is better known than told.</param>
    /// <returns>The measured generator, which disposes the other one with itself.</returns>
    public static IEmbeddingGenerator<TInput, TEmbedding> WithLlmMetrics<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> inner, LlmMetricsRuntime metrics, string? provider = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(metrics);
        return new MeasuredEmbeddingGenerator<TInput, TEmbedding>(inner, metrics, provider);
    }

    /// <summary>Measures the calls of a client that turns speech into text.</summary>
    /// <param name="inner">The client.</param>
    /// <param name="services">Services of a host that called <c>AddLlmMetrics()</c>.</param>
    /// <returns>The measured client, which disposes the other one with itself.</returns>
    /// <remarks>Seconds of audio are known only if the handler measures too: the abstraction does not tell them.
    /// </remarks>
    /// <exception cref="InvalidOperationException">Thrown if the host did not call it.</exception>
    [Experimental(Experimental)]
    public static ISpeechToTextClient WithLlmMetrics(this ISpeechToTextClient inner, IServiceProvider services) =>
        inner.WithLlmMetrics(RuntimeOf(services));

    /// <summary>Measures the calls of a client that turns speech into text.</summary>
    /// <param name="inner">The client.</param>
    /// <param name="metrics">The running library.</param>
    /// <param name="provider">Who answers, where that is better known than told.</param>
    /// <returns>The measured client, which disposes the other one with itself.</returns>
    [Experimental(Experimental)]
    public static ISpeechToTextClient WithLlmMetrics(
        this ISpeechToTextClient inner, LlmMetricsRuntime metrics, string? provider = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(metrics);
        return new MeasuredSpeechToTextClient(inner, metrics, provider);
    }

    /// <summary>Measures the calls of a client that turns text into speech.</summary>
    /// <param name="inner">The client.</param>
    /// <param name="services">Services of a host that called <c>AddLlmMetrics()</c>.</param>
    /// <returns>The measured client, which disposes the other one with itself.</returns>
    /// <exception cref="InvalidOperationException">Thrown if the host did not call it.</exception>
    [Experimental(Experimental)]
    public static ITextToSpeechClient WithLlmMetrics(this ITextToSpeechClient inner, IServiceProvider services) =>
        inner.WithLlmMetrics(RuntimeOf(services));

    /// <summary>Measures the calls of a client that turns text into speech.</summary>
    /// <param name="inner">The client.</param>
    /// <param name="metrics">The running library.</param>
    /// <param name="provider">Who answers, where that is better known than told.</param>
    /// <returns>The measured client, which disposes the other one with itself.</returns>
    [Experimental(Experimental)]
    public static ITextToSpeechClient WithLlmMetrics(
        this ITextToSpeechClient inner, LlmMetricsRuntime metrics, string? provider = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(metrics);
        return new MeasuredTextToSpeechClient(inner, metrics, provider);
    }

    /// <summary>Measures the calls of an image generator.</summary>
    /// <param name="inner">The generator.</param>
    /// <param name="services">Services of a host that called <c>AddLlmMetrics()</c>.</param>
    /// <returns>The measured generator, which disposes the other one with itself.</returns>
    /// <exception cref="InvalidOperationException">Thrown if the host did not call it.</exception>
    [Experimental(Experimental)]
    public static IImageGenerator WithLlmMetrics(this IImageGenerator inner, IServiceProvider services) =>
        inner.WithLlmMetrics(RuntimeOf(services));

    /// <summary>Measures the calls of an image generator.</summary>
    /// <param name="inner">The generator.</param>
    /// <param name="metrics">The running library.</param>
    /// <param name="provider">Who answers, where that is better known than told.</param>
    /// <returns>The measured generator, which disposes the other one with itself.</returns>
    [Experimental(Experimental)]
    public static IImageGenerator WithLlmMetrics(
        this IImageGenerator inner, LlmMetricsRuntime metrics, string? provider = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(metrics);
        return new MeasuredImageGenerator(inner, metrics, provider);
    }

    /// <summary>
    /// Measures each call of a function as a run of a tool, with a span <c>execute_tool {name}</c>.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="services">Services of a host that called <c>AddLlmMetrics()</c>.</param>
    /// <returns>The measured function; the same one if it is measured already.</returns>
    /// <exception cref="InvalidOperationException">Thrown if the host did not call it.</exception>
    public static AIFunction WithLlmMetrics(this AIFunction function, IServiceProvider services) =>
        function.WithLlmMetrics(RuntimeOf(services));

    /// <summary>
    /// Measures each call of a function as a run of a tool, with a span <c>execute_tool {name}</c>.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="metrics">The running library.</param>
    /// <returns>The measured function; the same one if it is measured already.</returns>
    /// <remarks>Its name becomes a tag, bounded by the cardinality guard. Exceptions pass through unchanged.</remarks>
    public static AIFunction WithLlmMetrics(this AIFunction function, LlmMetricsRuntime metrics)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(metrics);
        return function.GetService<MeasuredFunction>() is null ? new MeasuredFunction(function, metrics) : function;
    }

    /// <summary>Measures those of the tools that are functions; the provider runs the others.</summary>
    /// <param name="tools">The tools, for <c>ChatOptions.Tools</c>.</param>
    /// <param name="metrics">The running library.</param>
    /// <returns>A list of its own.</returns>
    public static IList<AITool> WithLlmMetrics(this IEnumerable<AITool> tools, LlmMetricsRuntime metrics)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(metrics);
        return [.. tools.Select(tool => tool is AIFunction function ? function.WithLlmMetrics(metrics) : tool)];
    }

    private static LlmMetricsRuntime RuntimeOf(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.GetRequiredService<LlmMetricsRuntime>();
    }
}
