using LlmMetrics.Collection;
using LlmMetrics.Facts;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>Records what the headers of an answer tell about the provider's limits.</summary>
internal static class RateLimitFacts
{
    /// <param name="recorder">Records them.</param>
    /// <param name="headers">What the headers say.</param>
    /// <param name="endpoint">Whose limits they are.</param>
    /// <param name="model">Model that was asked for.</param>
    /// <param name="server">Host that answered.</param>
    public static void Record(
        Recorder recorder, in RateLimitHeaders headers, in LlmEndpoint endpoint, string? model, string server)
    {
        for (var unit = 0; unit < RateLimitHeaders.UnitCount; unit++)
        {
            var (remaining, limit) = (headers.Remaining(unit), headers.Limit(unit));
            if (remaining is not null || limit is not null)
            {
                var fact = Fact(in endpoint, model, server);
                fact.KeyFields[(int)FactField.Name] = RateLimitHeaders.Unit(unit);
                fact.Set(FactValue.Remaining, remaining);
                fact.Set(FactValue.Limit, limit);
                recorder.Record(FactKind.RateLimit, in fact);
            }
        }

        if (headers.RetryAfter is { } wait)
        {
            var fact = Fact(in endpoint, model, server);
            fact.Set(FactValue.RetryAfter, wait);
            recorder.Record(FactKind.RateLimit, in fact);
        }
    }

    private static FactData Fact(in LlmEndpoint endpoint, string? model, string server)
    {
        var fact = default(FactData);
        fact.KeyFields[(int)FactField.Provider] = endpoint.Provider;
        fact.KeyFields[(int)FactField.Operation] = endpoint.Operation;
        fact.KeyFields[(int)FactField.RequestModel] = model ?? endpoint.Model;
        fact.KeyFields[(int)FactField.ServerAddress] = server;
        return fact;
    }
}
