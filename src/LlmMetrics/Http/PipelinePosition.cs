using Microsoft.Extensions.Http.Logging;

namespace LlmMetrics.Http;

/// <summary>Where a handler stands in its pipeline, as far as that decides who counts tries.</summary>
/// <param name="IsLast">Whether nothing follows that could send a request more than once.</param>
/// <param name="Inner">The next <see cref="LlmMetricsHandler"/> that follows.</param>
internal sealed record PipelinePosition(bool IsLast, LlmMetricsHandler? Inner)
{
    /// <summary>Options that retry handlers give the requests they send, by the beginnings of their names.</summary>
    private static readonly string[] _retryMarks = ["Resilience.Http.", "PolicyExecutionContext"];

    /// <summary>
    /// What a call of the handler stands for: nothing behind the last one sends a request twice, and the retry
    /// handlers of Polly and Microsoft.Extensions.Http.Resilience leave a mark on what they send.
    /// </summary>
    public CallScope ScopeOf(HttpRequestMessage request)
    {
        if (IsLast)
        {
            return CallScope.Attempt;
        }

        foreach (var (name, _) in request.Options)
        {
            if (Array.Exists(_retryMarks, mark => name.StartsWith(mark, StringComparison.Ordinal)))
            {
                return CallScope.Attempt;
            }
        }

        return CallScope.Operation;
    }

    public static PipelinePosition Of(LlmMetricsHandler handler)
    {
        var isLast = true;
        LlmMetricsHandler? inner = null;
        var next = handler.InnerHandler as DelegatingHandler;
        while (next is not null)
        {
            inner ??= next as LlmMetricsHandler;
            isLast &= SendsOnce(next);
            next = next.InnerHandler as DelegatingHandler;
        }

        return new PipelinePosition(isLast, inner);
    }

    /// <summary>Handlers of this library and those by which the factory logs send each request as it comes.</summary>
    private static bool SendsOnce(DelegatingHandler handler) =>
        handler is LlmMetricsHandler || handler.GetType().Namespace == typeof(LoggingHttpMessageHandler).Namespace;
}
