using System.Diagnostics;
using System.Runtime.CompilerServices;
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
/// Request and answer pass byte for byte, at once, and are not buffered. Of the request the model is read (wherever in
/// its first 64 MiB it stands), and of the answer the model, service tier and token counts; never the messages. The
/// first chunk of a stream is the first event with output (bookkeeping events before it do not count), and each event
/// with output is a chunk. Only a request that the app wants to ask for usage is changed
/// (<see cref="LlmMetricsHandlerOptions.IncludeUsage"/>).
/// </para>
/// <para>
/// Outside a retry handler it measures operations, inside one it measures tries. Of two in one pipeline the outer one
/// measures operations and the inner one counts their tries; one that stands alone counts how often a request was sent.
/// </para>
/// </remarks>
public sealed class LlmMetricsHandler : DelegatingHandler
{
    private static readonly HttpRequestOptionsKey<ObservedRequestContent> _operation = new("LlmMetrics.Operation");

    private readonly LlmMetricsRuntime _runtime;
    private readonly LlmEndpoints _endpoints;
    private readonly UsageInjection _usage;
    private PipelinePosition? _position;
    private bool _isAnnounced;

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
        _usage = new UsageInjection(options, runtime.Diagnostics);
    }

    /// <summary>A handler in front of another one.</summary>
    /// <param name="runtime">The running library.</param>
    /// <param name="innerHandler">The handler that sends the request.</param>
    /// <param name="options">What the handler cannot find out by itself; read once.</param>
    public LlmMetricsHandler(
        LlmMetricsRuntime runtime, HttpMessageHandler innerHandler, LlmMetricsHandlerOptions? options = null)
        : this(runtime, options) => InnerHandler = innerHandler;

    /// <summary>A handler that counts the tries of another one's operations and measures none itself.</summary>
    internal LlmMetricsHandler(LlmMetricsRuntime runtime, bool countsOnly)
        : this(runtime) => CountsOnly = countsOnly;

    internal bool CountsOnly { get; }

    private PipelinePosition Position => _position ??= PipelinePosition.Of(this);

    /// <summary>
    /// An outer handler tells what it measures, so that a copy of the request is recognised too if it was made with
    /// the options.
    /// </summary>
    internal void Announce(HttpRequestMessage request, ObservedRequestContent operation)
    {
        if (!CountsOnly)
        {
            _isAnnounced = true;
            request.Options.Set(_operation, operation);
        }
    }

    internal void Withdraw(HttpRequestMessage request)
    {
        if (!CountsOnly)
        {
            ((IDictionary<string, object?>)request.Options).Remove(_operation.Key);
        }
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (TryMatch(request, out var endpoint, out var operation))
        {
            return _usage.IsWanted(request, endpoint)
                ? RewriteAsync(request, endpoint, cancellationToken)
                : MeasureAsync(request, endpoint, rewritten: null, cancellationToken);
        }

        return operation is null
            ? base.SendAsync(request, cancellationToken)
            : CountAsync(operation, request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (TryMatch(request, out var endpoint, out var operation))
        {
            return Measure(request, endpoint, cancellationToken);
        }

        operation?.Call?.BeginTry();
        var response = base.Send(request, cancellationToken);
        operation?.Call?.OnTryAnswered(response, operation.Model);
        return response;
    }

    private async Task<HttpResponseMessage> CountAsync(
        ObservedRequestContent operation, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        operation.Call?.BeginTry();
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        operation.Call?.OnTryAnswered(response, operation.Model);
        return response;
    }

    private async Task<HttpResponseMessage> RewriteAsync(
        HttpRequestMessage request, LlmEndpoint endpoint, CancellationToken cancellationToken)
    {
        var rewritten = await _usage.RewriteAsync(request, cancellationToken).ConfigureAwait(false);
        return await MeasureAsync(request, endpoint, rewritten, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Not asynchronous itself: what lives until the headers come is less than all of this.</summary>
    private Task<HttpResponseMessage> MeasureAsync(
        HttpRequestMessage request,
        in LlmEndpoint endpoint,
        HttpContent? rewritten,
        CancellationToken cancellationToken)
    {
        var current = Activity.Current;
        var send = new MeasuredSend(_runtime, request, endpoint, Position, rewritten, cancellationToken);
        try
        {
            var pending = base.SendAsync(request, cancellationToken);
            if (!pending.IsCompletedSuccessfully)
            {
                return ReceiveAsync(send, pending).AsTask();
            }

            send.Receive(pending.GetAwaiter().GetResult());
            return pending;
        }
        catch (Exception exception)
        {
            send.Fail(exception);
            throw;
        }
        finally
        {
            Activity.Current = current;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<HttpResponseMessage> ReceiveAsync(
        MeasuredSend send, Task<HttpResponseMessage> pending)
    {
        try
        {
            var response = await pending.ConfigureAwait(false);
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
        var rewritten = _usage.IsWanted(request, endpoint) ? _usage.Rewrite(request, cancellationToken) : null;
        var send = new MeasuredSend(_runtime, request, endpoint, Position, rewritten, cancellationToken);
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

    /// <summary>
    /// Whether the request is a call to measure. One that is measured already gives the operation to count it for,
    /// unless a handler within does that.
    /// </summary>
    private bool TryMatch(
        HttpRequestMessage request, out LlmEndpoint endpoint, out ObservedRequestContent? operation)
    {
        (endpoint, operation) = (default, null);
        if (request is null || !_runtime.MeasuresCalls)
        {
            return false;
        }

        try
        {
            operation = request.Content as ObservedRequestContent;
            if (operation is null && _isAnnounced && _endpoints.TryMatch(request, out endpoint))
            {
                request.Options.TryGetValue(_operation, out operation);
            }

            if (operation is null)
            {
                return !CountsOnly && _endpoints.TryMatch(request, out endpoint);
            }

            operation = Position.Inner is null ? operation : null;
            return false;
        }
        catch (Exception exception)
        {
            _runtime.Diagnostics.Failed(Losses.Observation, exception);
            return false;
        }
    }
}
