using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tests.Http;

/// <summary>Operations and their tries, by where handlers stand around one that retries.</summary>
public class AttemptTests
{
    [Theory]
    [InlineData(RetryStyle.SameRequest)]
    [InlineData(RetryStyle.CopyWithOptions)]
    public async Task Pair_AroundRetries_OneOperationWithItsTries(RetryStyle style)
    {
        var server = new SequenceHandler(
            HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.OK);
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        using var client = new HttpClient(
            new LlmMetricsHandler(runtime, new RetryingHandler(style, new LlmMetricsHandler(runtime, server))));

        using var request = Scenario.Request();
        using var response = await client.SendAsync(request);
        using var snapshot = runtime.GetSnapshot();

        Assert.Equal(3, log.Single.Attempts);
        Assert.Equal(LlmOutcome.Ok, log.Single.Outcome);
        Assert.Equal("asked", log.Single.RequestModel);
        Assert.Equal(1, snapshot.Sum("llm.calls"));
        Assert.Equal(3, snapshot.Sum("llm.attempts"));
        Assert.Equal(2, snapshot.Sum("llm.rate_limit.hits", ("model", "asked"), ("provider", "openai")));
        Assert.Equal(2, snapshot.Sum("llm.rate_limit.retry_after"));
        Assert.Empty(request.Options);
    }

    [Fact]
    public async Task Outside_AloneAndTheSameRequestIsSentAgain_SendsAreCounted()
    {
        var server = new SequenceHandler(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        using var scenario = new Scenario(new RetryingHandler(RetryStyle.SameRequest, server));
        using var response = await scenario.SendAsync(HttpCompletionOption.ResponseContentRead);

        Assert.Equal(2, scenario.Log.Single.Attempts);
    }

    [Theory]
    [InlineData(RetryStyle.Copy)]
    [InlineData(RetryStyle.Buffered)]
    public async Task Outside_AloneAndSendsAreNotSeen_Unknown(RetryStyle style)
    {
        var server = new SequenceHandler(HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        using var scenario = new Scenario(new RetryingHandler(style, server));
        using var response = await scenario.SendAsync(HttpCompletionOption.ResponseContentRead);
        using var snapshot = scenario.Runtime.GetSnapshot();

        Assert.Null(scenario.Log.Single.Attempts);
        Assert.Equal(double.NaN, snapshot.Sum("llm.attempts"));
        Assert.Equal("asked", scenario.Log.Single.RequestModel);
    }

    [Fact]
    public async Task Inside_TwoTries_AreCallsOfOneTryEach()
    {
        var server = new SequenceHandler(HttpStatusCode.TooManyRequests, HttpStatusCode.OK);
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        using var client = new HttpClient(
            new RetryingHandler(RetryStyle.SameRequest, new LlmMetricsHandler(runtime, server)));

        using var request = Scenario.Request();
        using var response = await client.SendAsync(request);

        Assert.Equal([1, 1], log.Calls.Select(call => call.Attempts));
        Assert.Equal([LlmOutcome.Error, LlmOutcome.Ok], log.Calls.Select(call => call.Outcome));
        Assert.Equal([true, false], log.Calls.Select(call => call.IsRateLimited));
    }

    [Fact]
    public async Task Pair_EveryTryFails_TriesAreKnown()
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        var server = new SequenceHandler();
        using var client = new HttpClient(new LlmMetricsHandler(
            runtime, new RetryingHandler(RetryStyle.SameRequest, new LlmMetricsHandler(runtime, server))));

        using var request = Scenario.Request();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request));

        Assert.Equal(RetryingHandler.MaxTries, log.Single.Attempts);
        Assert.Equal(LlmOutcome.Error, log.Single.Outcome);
    }

    [Fact]
    public void Pair_Synchronously_TriesAreCounted()
    {
        var log = new CallLog();
        using var runtime = TestRuntime.Create(log);
        var server = new SequenceHandler(HttpStatusCode.TooManyRequests, HttpStatusCode.OK);
        using var client = new HttpClient(new LlmMetricsHandler(
            runtime, new RetryingHandler(RetryStyle.SameRequest, new LlmMetricsHandler(runtime, server))));

        using var request = Scenario.Request();
        using var response = client.Send(request);

        Assert.Equal(2, log.Single.Attempts);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Factory_HandlerAddedAnywhere_TriesAreCounted(bool isBefore, bool isAfter)
    {
        var log = new CallLog();
        var services = new ServiceCollection();
        services.AddLlmMetrics();
        services.AddSingleton<ILlmCallObserver>(log);
        var server = new SequenceHandler(HttpStatusCode.TooManyRequests, HttpStatusCode.OK);
        var builder = services.AddHttpClient("llm").ConfigurePrimaryHttpMessageHandler(() => server);
        builder = isBefore ? builder.AddLlmMetricsHandler() : builder;
        builder = builder.AddHttpMessageHandler(() => new RetryingHandler(RetryStyle.SameRequest));
        builder = isAfter ? builder.AddLlmMetricsHandler() : builder;
        await using var provider = services.BuildServiceProvider();
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("llm");

        using var request = Scenario.Request();
        using var response = await client.SendAsync(request);

        Assert.Equal(isBefore ? [2] : [1, 1], log.Calls.Select(call => call.Attempts));
        Assert.Equal(isBefore ? 1 : 2, log.Calls.Count);
    }

    [Theory]
    [InlineData(false, CallScope.Attempt)]
    [InlineData(true, CallScope.Operation)]
    public async Task Factory_WithOrWithoutRetries_ScopeSaysWhatACallIs(bool retries, CallScope expected)
    {
        var log = new CallLog();
        var services = new ServiceCollection();
        services.AddLlmMetrics();
        services.AddSingleton<ILlmCallObserver>(log);
        var server = new SequenceHandler(HttpStatusCode.OK);
        var builder = services.AddHttpClient("llm").ConfigurePrimaryHttpMessageHandler(() => server)
            .AddLlmMetricsHandler();
        if (retries)
        {
            builder.AddHttpMessageHandler(() => new RetryingHandler(RetryStyle.SameRequest));
        }

        await using var provider = services.BuildServiceProvider();
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("llm");

        using var request = Scenario.Request();
        using var response = await client.SendAsync(request);

        Assert.Equal((expected, 1), (log.Single.Scope, log.Single.Attempts));
    }
}
