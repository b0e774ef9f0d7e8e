using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tests.Http;

/// <summary>The handler with the real recorder: live values, scopes, switching off.</summary>
public class HandlerMetricsTests
{
    [Fact]
    public async Task Stream_LiveValues_AreRightMeanwhileAndAfter()
    {
        using var scenario = new Scenario(Scenario.Chat());
        var response = await scenario.SendAsync();
        using (var during = scenario.Runtime.GetSnapshot())
        {
            Assert.Equal(1, during.Sum("llm.calls.active"));
        }

        await response.Content.CopyToAsync(Stream.Null);
        response.Dispose();

        using var after = scenario.Runtime.GetSnapshot();
        Assert.Equal(0, after.Sum("llm.calls.active"));
        Assert.Equal(1, after.Sum("gen_ai.client.operation.duration"));
        Assert.Equal(1, after.Sum("gen_ai.client.operation.time_to_first_chunk"));
        Assert.Equal(3, after.Sum("gen_ai.client.operation.time_per_output_chunk"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stream_InOneRead_CountsEveryChunk(bool isListenedTo)
    {
        using var scenario = new Scenario(Scenario.Chat(plan: ChunkPlan.Of(64 * 1024)));
        using var listener = new MeterListener();
        var heard = 0;
        if (isListenedTo)
        {
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "gen_ai.client.operation.time_per_output_chunk"
                    && instrument.Meter == scenario.Runtime.Registry.Meter)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<double>((_, _, _, _) => heard++);
            listener.Start();
        }

        using var response = await scenario.SendAsync();
        await response.Content.CopyToAsync(Stream.Null);

        using var snapshot = scenario.Runtime.GetSnapshot();
        Assert.Equal(3, snapshot.Sum("gen_ai.client.operation.time_per_output_chunk"));
        Assert.Equal(isListenedTo ? 3 : 0, heard);
    }

    [Fact]
    public async Task Call_InAScope_IsAttributedToItWhereverItEnds()
    {
        using var scenario = new Scenario(Scenario.Chat());
        HttpResponseMessage response;
        using (scenario.Runtime.BeginScope(feature: "search", tenant: "acme"))
        {
            response = await scenario.SendAsync();
        }

        using (scenario.Runtime.BeginScope(feature: "other"))
        {
            await response.Content.CopyToAsync(Stream.Null);
            response.Dispose();
        }

        Assert.Equal("search", scenario.Log.Single.Feature);
        Assert.Equal("acme", scenario.Log.Single.Tenant);
    }

    [Fact]
    public async Task Send_SwitchedOff_ResponseUntouched()
    {
        using var runtime = RuntimeBuilder.Create(options => options.Enabled = false);
        var inner = Scenario.Chat();
        using var invoker = new HttpMessageInvoker(new LlmMetricsHandler(runtime, inner));
        using var request = Scenario.Request();
        var content = request.Content;
        using var response = await invoker.SendAsync(request, CancellationToken.None);

        Assert.Same(content, inner.SentContent);
        Assert.IsType<ScriptedContent>(response.Content);
    }

    [Fact]
    public async Task Client_FromTheFactory_IsMeasuredWithItsOptions()
    {
        var log = new CallLog();
        var services = new ServiceCollection();
        services.AddLlmMetrics();
        services.AddSingleton<ILlmCallObserver>(log);
        services.AddHttpClient("llm")
            .AddLlmMetricsHandler(options => options.ProviderHosts["llm.acme.com"] = "acme")
            .ConfigurePrimaryHttpMessageHandler(() => Scenario.Chat());
        await using var provider = services.BuildServiceProvider();
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("llm");
        using var request = Scenario.Request("https://llm.acme.com/responses");
        using var response = await client.SendAsync(request);

        Assert.Equal("acme", log.Single.Provider);
    }

    [Fact]
    public async Task Call_Duration_EndsWithTheBody()
    {
        var time = new SteppingTime();
        using var scenario = new Scenario(Scenario.Chat(plan: ChunkPlan.Of(300)), time);
        using var response = await scenario.SendAsync();
        using var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[300];
        time.Advance(TimeSpan.FromSeconds(2));
        await stream.ReadExactlyAsync(buffer);
        time.Advance(TimeSpan.FromSeconds(3));
        await stream.CopyToAsync(Stream.Null);
        time.Advance(TimeSpan.FromSeconds(100));

        Assert.Equal(TimeSpan.FromSeconds(2), scenario.Log.Single.TimeToFirstChunk);
        Assert.Equal(TimeSpan.FromSeconds(5), scenario.Log.Single.Duration);
    }

    private sealed class SteppingTime : TimeProvider
    {
        private long _ticks = TimeSpan.TicksPerDay;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref _ticks);

        public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
    }
}
