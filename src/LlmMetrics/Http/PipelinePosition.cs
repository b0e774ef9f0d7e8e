namespace LlmMetrics.Http;

/// <summary>Where a handler stands in its pipeline, as far as that decides who counts tries.</summary>
/// <param name="IsLast">Whether nothing follows that could send a request more than once.</param>
/// <param name="Inner">The next <see cref="LlmMetricsHandler"/> that follows.</param>
internal sealed record PipelinePosition(bool IsLast, LlmMetricsHandler? Inner)
{
    public static PipelinePosition Of(LlmMetricsHandler handler)
    {
        var next = handler.InnerHandler as DelegatingHandler;
        while (next is not null and not LlmMetricsHandler)
        {
            next = next.InnerHandler as DelegatingHandler;
        }

        return new PipelinePosition(handler.InnerHandler is not DelegatingHandler, (LlmMetricsHandler?)next);
    }
}
