using System.Net;
using LlmMetrics.Facts;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// The tries that one operation takes, as a handler within the retry handler counts them, and what their answers tell
/// about the provider's limits. Hedged tries run at the same time.
/// </summary>
internal sealed class OperationTries(LlmMetricsRuntime runtime, LlmEndpoint endpoint, Uri uri)
{
    private int _count;
    private int _refused;

    /// <summary>Tries that were begun; zero if nobody counts them.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Begin() => Interlocked.Increment(ref _count);

    /// <summary>A try has been answered. Never throws.</summary>
    public void OnAnswer(HttpResponseMessage response, string? model)
    {
        try
        {
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Interlocked.Increment(ref _refused);
            }

            if (runtime.Recorder.IsEnabled(FactKind.RateLimit))
            {
                Record(RateLimitHeaders.Read(response.Headers, runtime.Time.GetUtcNow()), model);
            }
        }
        catch (Exception exception)
        {
            runtime.Diagnostics.Failed(Losses.Observation, exception);
        }
    }

    /// <summary>The operation has come to its answer, or to none, and nobody counted; zero is unknown.</summary>
    public void Settle(int count) => Interlocked.CompareExchange(ref _count, count, 0);

    public void Describe(ref FactData call)
    {
        call.Closed.Attempts = Count;
        call.Set(FactValue.RateLimitHits, Volatile.Read(ref _refused) is var refused and > 0 ? (long?)refused : null);
    }

    private void Record(in RateLimitHeaders headers, string? model)
    {
        for (var unit = 0; unit < RateLimitHeaders.UnitCount; unit++)
        {
            var (remaining, limit) = (headers.Remaining(unit), headers.Limit(unit));
            if (remaining is not null || limit is not null)
            {
                var fact = Fact(model, RateLimitHeaders.Unit(unit));
                fact.Set(FactValue.Remaining, remaining);
                fact.Set(FactValue.Limit, limit);
                runtime.Recorder.Record(FactKind.RateLimit, in fact);
            }
        }

        if (headers.RetryAfter is { } wait)
        {
            var fact = Fact(model, null);
            fact.Set(FactValue.RetryAfter, wait);
            runtime.Recorder.Record(FactKind.RateLimit, in fact);
        }
    }

    private FactData Fact(string? model, string? unit)
    {
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.Provider] = endpoint.Provider;
        fact.KeyFields[(int)FactField.Operation] = endpoint.Operation;
        fact.KeyFields[(int)FactField.RequestModel] = model ?? endpoint.Deployment;
        fact.KeyFields[(int)FactField.ServerAddress] = uri.Host;
        fact.KeyFields[(int)FactField.Name] = unit;
        return fact;
    }
}
