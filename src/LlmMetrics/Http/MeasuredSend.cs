using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// The time between a request and its headers: the request's content stands replaced, and gets back in its place
/// afterwards. Whatever goes wrong here leaves the request as it was.
/// </summary>
internal readonly struct MeasuredSend : IDisposable
{
    private readonly LlmMetricsRuntime _runtime;
    private readonly HttpRequestMessage _request;
    private readonly HttpRequestOptionsKey<bool> _marker;
    private readonly HttpContent? _original;
    private readonly HttpContent? _observed;
    private readonly LlmCallObservation? _observation;
    private readonly CancellationTokenRegistration _deadline;

    public MeasuredSend(
        LlmMetricsRuntime runtime,
        HttpRequestMessage request,
        in LlmEndpoint endpoint,
        HttpRequestOptionsKey<bool> marker,
        CancellationToken cancellationToken)
    {
        (_runtime, _request, _marker) = (runtime, request, marker);
        try
        {
            request.Options.Set(marker, true);
            _observation = new LlmCallObservation(runtime, endpoint, request.RequestUri!);
            _deadline = _observation.WatchDeadline(cancellationToken);
            _original = request.Content;
            _observed = _observation.ObserveRequest(_original!);
            request.Content = _observed;
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
            _observation?.OnResponse(response);
        }
        catch (Exception exception)
        {
            _runtime.Diagnostics.Failed(Losses.Observation, exception);
        }
    }

    public void Fail(Exception exception) => _observation?.OnSendFailed(exception);

    public void Dispose()
    {
        _deadline.Unregister();
        ((IDictionary<string, object?>)_request.Options).Remove(_marker.Key);
        if (_observed is not null && ReferenceEquals(_request.Content, _observed))
        {
            // A handler within may have taken the content away (a redirect that becomes a GET): then it stays away.
            _request.Content = _original;
        }
    }
}
