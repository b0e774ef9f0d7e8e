using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// The time between a request and its headers. Whatever goes wrong in here leaves request and response as they were.
/// </summary>
internal readonly struct MeasuredSend
{
    private readonly HttpRequestMessage _request;
    private readonly HttpContent _original;
    private readonly PipelinePosition _position;
    private readonly LlmCallObservation? _call;
    private readonly ObservedRequestContent? _observed;

    public MeasuredSend(
        LlmMetricsRuntime runtime,
        HttpRequestMessage request,
        in LlmEndpoint endpoint,
        PipelinePosition position,
        HttpContent? rewritten,
        CancellationToken cancellationToken)
    {
        (_request, _original, _position) = (request, request.Content!, position);
        try
        {
            _call = new LlmCallObservation(runtime, endpoint, request.RequestUri!)
            {
                Scope = position.ScopeOf(request),
            };
            _call.Watch(cancellationToken);
            _observed = ObservedRequestContent.Replace(
                request, rewritten ?? _original, _call, runtime.Estimator is not null);
            _position.Inner?.Announce(request, _observed);
        }
        catch (Exception exception)
        {
            runtime.Diagnostics.Failed(Losses.Observation, exception);
        }
    }

    public void Receive(HttpResponseMessage response)
    {
        if (_call is not { } call)
        {
            return;
        }

        try
        {
            var model = End(call);
            if (call.SettleTries(CountSends(response)))
            {
                call.OnTryAnswered(response, model);
            }

            call.Unwatch();
            call.OnResponse(response);
        }
        catch (Exception exception)
        {
            call.Diagnostics.Failed(Losses.Observation, exception);
        }
    }

    public void Fail(Exception exception)
    {
        if (_call is not { } call)
        {
            return;
        }

        try
        {
            End(call);
            call.SettleTries(_position.IsLast ? 1 : 0);
            call.OnFailed(exception);
        }
        catch (Exception failure)
        {
            call.Diagnostics.Failed(Losses.Observation, failure);
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

    private string? End(LlmCallObservation call)
    {
        if (_observed is null)
        {
            return null;
        }

        _position.Inner?.Withdraw(_request);
        if (ReferenceEquals(_request.Content, _observed))
        {
            // A handler within may have taken the content away (a redirect that becomes a GET): then it stays away.
            _request.Content = _original;
        }

        var (model, isStream, text) = _observed.Complete();
        call.OnRequest(model, isStream, text);
        if (_position.Inner is null)
        {
            _observed.LeaveCall();
        }

        return model;
    }
}
