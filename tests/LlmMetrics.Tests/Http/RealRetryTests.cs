using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tests.Http;

/// <summary>Operations and tries around the retry handler that apps use.</summary>
public class RealRetryTests
{
    [Fact]
    public async Task Handler_BeforeTheRetryHandler_OneOperationWithItsTries()
    {
        var log = new CallLog();
        await using var provider = ResilientClient.Create(Server(), handlerFirst: true, log);
        using var response = await SendAsync(provider);
        using var snapshot = provider.GetRequiredService<LlmMetricsRuntime>().GetSnapshot();

        Assert.Equal(LlmOutcome.Ok, log.Single.Outcome);
        Assert.Equal((3, CallScope.Operation), (log.Single.Attempts, log.Single.Scope));
        Assert.Equal(3, snapshot.Sum("llm.attempts", ("scope", "operation"), ("model", "asked")));
        Assert.Equal(1, snapshot.Sum("llm.calls"));
        Assert.Equal(1, snapshot.Sum("llm.rate_limit.hits", ("model", "asked")));
        Assert.Equal(2, snapshot.Sum("llm.rate_limit.retry_after"));
    }

    [Fact]
    public async Task Handler_AfterTheRetryHandler_OneCallPerTry()
    {
        var log = new CallLog();
        await using var provider = ResilientClient.Create(Server(), handlerFirst: false, log);
        using var response = await SendAsync(provider);
        using var snapshot = provider.GetRequiredService<LlmMetricsRuntime>().GetSnapshot();

        Assert.Equal([1, 1, 1], log.Calls.Select(call => call.Attempts));
        Assert.All(log.Calls, call => Assert.Equal(CallScope.Attempt, call.Scope));
        Assert.Equal([429, 503, 200], log.Calls.Select(call => call.StatusCode));
        Assert.Equal(3, snapshot.Sum("llm.attempts", ("scope", "attempt")));
        Assert.Equal(1, snapshot.Sum("llm.rate_limit.hits"));
    }

    [Fact]
    public async Task Active_DuringRetries_IsOne()
    {
        var log = new CallLog();
        var active = new List<double>();
        ServiceProvider? services = null;
        var server = new LookingHandler(Server(), () =>
        {
            using var snapshot = services!.GetRequiredService<LlmMetricsRuntime>().GetSnapshot();
            active.Add(snapshot.Sum("llm.calls.active"));
        });
        await using var provider = services = ResilientClient.Create(server, handlerFirst: true, log);
        using var response = await SendAsync(provider);
        using var after = provider.GetRequiredService<LlmMetricsRuntime>().GetSnapshot();

        Assert.Equal([1.0, 1.0, 1.0], active);
        Assert.Equal(0, after.Sum("llm.calls.active"));
    }

    private static SequenceHandler Server() =>
        new(HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);

    private static async Task<HttpResponseMessage> SendAsync(IServiceProvider provider)
    {
        using var client = ResilientClient.Of(provider);
        using var request = Scenario.Request();
        return await client.SendAsync(request);
    }

    private sealed class LookingHandler(HttpMessageHandler inner, Action look) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            look();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
