using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// The time between a request and its headers. Whatever goes wrong in here leaves request and response as they were.
/// </summary>
internal readonly struct MeasuredSend
{
    private readonly LlmMetricsRuntime _runtime;
    private readonly HttpRequestMessage _request;
    private readonly PipelinePosition _position;
    private readonly OperationTries? _tries;
    private readonly LlmCallObservation? _observation;
    private readonly ObservedRequestContent? _observed;

    public MeasuredSend(
        LlmMetricsRuntime runtime,
        HttpRequestMessage request,
        in LlmEndpoint endpoint,
        PipelinePosition position,
        HttpContent? rewritten,
        CancellationToken cancellationToken)
    {
        (_runtime, _request, _position) = (runtime, request, position);
        try
        {
            _tries = new OperationTries(runtime, endpoint, request.RequestUri!);
            _observation = new LlmCallObservation(runtime, endpoint, request.RequestUri!)
            {
                Tries = _tries,
                Scope = position.ScopeOf(request),
            };
            _observation.Watch(cancellationToken);
            _observed = ObservedRequestContent.Replace(
                request, rewritten, endpoint.Protocol, _tries, runtime.Diagnostics, runtime.Estimator is not null);
            _position.Inner?.Announce(request, _observed);
        }
        catch (Exception exception)
        {
            runtime.Diagnostics.Failed(Losses.Observation, exception);
        }
    }

    public void Receive(HttpResponseMessage response)
    {
        try
        {
            var model = End();
            if (_tries is { Count: 0 })
            {
                _tries.OnAnswer(response, model);
                _tries.Settle(CountSends(response));
            }

            _observation?.Unwatch();
            _observation?.OnResponse(response);
        }
        catch (Exception exception)
        {
            _runtime.Diagnostics.Failed(Losses.Observation, exception);
        }
    }

    public void Fail(Exception exception)
    {
        try
        {
            End();
            _tries?.Settle(_position.IsLast ? 1 : 0);
            _observation?.OnFailed(exception);
        }
        catch (Exception failure)
        {
            _runtime.Diagnostics.Failed(Losses.Observation, failure);
        }
    }

    /// <summary>
    /// Without a handler that counts tries, those are counted that sent this request's body. A copy of the request
    /// that was sent in its place, or a body that was buffered, leaves that unknown.
    /// </summary>
    private int CountSends(HttpResponseMessage response)
    {
        if (_position.IsLast)
        {
            return 1;
        }

        return ReferenceEquals(response.RequestMessage, _request) ? _observed?.Sends ?? 0 : 0;
    }

    private string? End()
    {
        if (_observed is null)
        {
            return null;
        }

        _position.Inner?.Withdraw(_request);
        _observed.Restore(_request);
        _observation!.OnRequestText(_observed.Text);
        var (model, isStream, characters) = _observed.Complete();
        _observation.OnRequest(model, isStream, characters);
        return model;
    }
}
