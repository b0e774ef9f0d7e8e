using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// The time between a request and its headers. Whatever goes wrong in here leaves request and response as they were.
/// </summary>
internal readonly struct MeasuredSend
{
    private readonly LlmMetricsRuntime _runtime;
    private readonly HttpRequestMessage _request;
    private readonly LlmCallObservation? _observation;
    private readonly ObservedRequestContent? _observed;

    public MeasuredSend(
        LlmMetricsRuntime runtime,
        HttpRequestMessage request,
        in LlmEndpoint endpoint,
        CancellationToken cancellationToken)
    {
        (_runtime, _request) = (runtime, request);
        try
        {
            _observation = new LlmCallObservation(runtime, endpoint, request.RequestUri!);
            _observation.Watch(cancellationToken);
            _observed = ObservedRequestContent.Replace(request, endpoint.Protocol, runtime.Diagnostics);
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
            End();
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
            _observation?.OnFailed(exception);
        }
        catch (Exception failure)
        {
            _runtime.Diagnostics.Failed(Losses.Observation, failure);
        }
    }

    private void End()
    {
        if (_observed is not null)
        {
            _observed.Restore(_request);
            var (model, isStream, characters) = _observed.Complete();
            _observation!.OnRequest(model, isStream, characters);
        }
    }
}
