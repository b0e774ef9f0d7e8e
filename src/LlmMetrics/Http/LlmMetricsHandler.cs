using System.Diagnostics;
using LlmMetrics.Facts;
using LlmMetrics.Http;
using LlmMetrics.Llm;

namespace LlmMetrics;

/// <summary>
/// Measures the calls on language models that pass through an HttpClient: tokens, model, duration to the end of the
/// answer, time to the first chunk, outcome.
/// </summary>
/// <remarks>
/// <para>
/// A POST whose path ends as those of a known interface is such a call: OpenAI's and everyone's who speaks like it,
/// at any base address, and those of Anthropic, Gemini, Ollama, Cohere, Bedrock, ElevenLabs and Deepgram
/// (docs/providers.md lists them); at unknown hosts something more than the path must speak for it. Others can be
/// described (<see cref="LlmMetricsHandlerOptions.Apis"/>). All other requests pass untouched.
/// </para>
/// <para>
/// Request and answer pass byte for byte, at once, and are not buffered. Of the request's first 64 KiB the model, and
/// of the answer the model, service tier and token counts are read; never the messages. The first chunk of a stream is
/// the first event with output (bookkeeping events before it do not count), and each event with output is a chunk.
/// </para>
/// <para>
/// Outside a retry handler it measures operations, inside one it measures tries. Of two in one pipeline the outer one
/// measures.
/// </para>
/// </remarks>
public sealed class LlmMetricsHandler : DelegatingHandler
{
    private readonly LlmMetricsRuntime _runtime;
    private readonly LlmEndpoints _endpoints;

    /// <summary>A handler without an inner one, for a factory or builder that sets it.</summary>
    /// <param name="runtime">The running library.</param>
    /// <param name="options">What the handler cannot find out by itself; read once.</param>
    /// <exception cref="ArgumentException">Thrown if an interface in the options cannot be understood.</exception>
    public LlmMetricsHandler(LlmMetricsRuntime runtime, LlmMetricsHandlerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        _runtime = runtime;
        options ??= new LlmMetricsHandlerOptions();
        _endpoints = new LlmEndpoints(new ProviderHosts(options.ProviderHosts), options.Apis);
    }

    /// <summary>A handler in front of another one.</summary>
    /// <param name="runtime">The running library.</param>
    /// <param name="innerHandler">The handler that sends the request.</param>
    /// <param name="options">What the handler cannot find out by itself; read once.</param>
    public LlmMetricsHandler(
        LlmMetricsRuntime runtime, HttpMessageHandler innerHandler, LlmMetricsHandlerOptions? options = null)
        : this(runtime, options) => InnerHandler = innerHandler;

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        TryMatch(request, out var endpoint)
            ? MeasureAsync(request, endpoint, cancellationToken)
            : base.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        TryMatch(request, out var endpoint)
            ? Measure(request, endpoint, cancellationToken)
            : base.Send(request, cancellationToken);

    private async Task<HttpResponseMessage> MeasureAsync(
        HttpRequestMessage request, LlmEndpoint endpoint, CancellationToken cancellationToken)
    {
        var send = new MeasuredSend(_runtime, request, endpoint, cancellationToken);
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            send.Receive(response);
            return response;
        }
        catch (Exception exception)
        {
            send.Fail(exception);
            throw;
        }
    }

    private HttpResponseMessage Measure(
        HttpRequestMessage request, in LlmEndpoint endpoint, CancellationToken cancellationToken)
    {
        var current = Activity.Current;
        var send = new MeasuredSend(_runtime, request, endpoint, cancellationToken);
        try
        {
            var response = base.Send(request, cancellationToken);
            send.Receive(response);
            return response;
        }
        catch (Exception exception)
        {
            send.Fail(exception);
            throw;
        }
        finally
        {
            // A synchronous call shares its caller's context, where the activity of this call is not current.
            Activity.Current = current;
        }
    }

    private bool TryMatch(HttpRequestMessage request, out LlmEndpoint endpoint)
    {
        endpoint = default;
        if (!_runtime.Recorder.IsEnabled(FactKind.LlmCall) && !_runtime.Activities.HasListeners())
        {
            return false;
        }

        try
        {
            return request is not null
                && request.Content is not ObservedRequestContent
                && _endpoints.TryMatch(request, out endpoint);
        }
        catch (Exception exception)
        {
            _runtime.Diagnostics.Failed(Losses.Observation, exception);
            return false;
        }
    }
}
