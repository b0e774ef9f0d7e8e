using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LlmMetrics.Receiver;
using LlmMetrics.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace LlmMetrics;

/// <summary>Receivers that are down, slow, busy or hostile: the app notices nothing and shutdown is bounded.</summary>
public sealed class OtlpFaultTests
{
    private static readonly TimeSpan _shutdown = TimeSpan.FromSeconds(1);

    // Whatever is broken waits for the request's own limit, a minute, or for ever; a busy machine is late by seconds.
    private static readonly TimeSpan _late = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task StopAsync_NobodyListens_EndsInTime()
    {
        using var closed = new ClosedPort();
        await StopInTimeAsync(closed.Address);
    }

    [Fact]
    public async Task StopAsync_ReceiverAcceptsAndHangs_EndsInTime()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await StopInTimeAsync(new Uri($"http://{listener.LocalEndpoint}"));
    }

    [Fact]
    public async Task StopAsync_NameDoesNotResolve_EndsInTime() =>
        await StopInTimeAsync(new Uri("http://receiver.invalid:4318"));

    [Fact]
    public async Task StopAsync_ReceiverAnswersByteByByte_EndsInTime()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        receiver.Respond = static async (context, _) =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[1], context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(50, context.RequestAborted);
            }
        };
        await StopInTimeAsync(receiver.Endpoint, delivers: true);
    }

    [Fact]
    public async Task StopAsync_TwiceAndDisposed_IsIdempotent()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = await TestHost.StartAsync(options => options.Endpoint = receiver.Endpoint);
        await host.StopAsync();
        var sent = receiver.Requests.Count;

        await host.StopAsync();
        await host.DisposeAsync();

        Assert.Equal(sent, receiver.Requests.Count);
        Assert.Empty(host.Warnings);
    }

    [Fact]
    public async Task StopAsync_LiveReceiver_DeliversEverythingEveryTime()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        using var source = new ActivitySource("Tests.EveryTime");
        var runs = Environment.GetEnvironmentVariable("LLMMETRICS_LONG") == "1" ? 500 : 25;
        for (var run = 0; run < runs; run++)
        {
            await using var host = await TestHost.StartAsync(options =>
            {
                options.Endpoint = receiver.Endpoint;
                options.ActivitySources.Add(source.Name);
            });
            host.Runtime.Business.Counter("every.time").Add(run + 1);
            source.StartActivity("run")?.Dispose();
        }

        Assert.Equal(
            Enumerable.Range(1, runs).Select(static run => (double)run),
            receiver.Points.Where(static point => point.Name == "every.time").Select(static point => point.Value));
        Assert.Equal(runs, receiver.Spans.Count(static span => span.Name == "run"));
    }

    [Theory]
    [InlineData(429, 0.9)]
    [InlineData(502, 0)]
    [InlineData(503, 0.9)]
    [InlineData(504, 0)]
    public async Task Export_ReceiverIsBusyOnce_IsSentAgainAfterItsTime(int status, double seconds)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        receiver.Respond = (context, number) =>
        {
            context.Response.StatusCode = number == 1 ? status : 200;
            context.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        };
        await using var host = await StartAsync(receiver.Endpoint);
        var start = Stopwatch.GetTimestamp();

        Assert.True(await host.Runtime.ExportAsync());

        // By the protocol, 429 and 503 may say when to come again.
        Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds >= seconds, "Retry-After was not honoured.");
        Assert.Equal(2, receiver.Requests.Count);
        Assert.Equal(receiver.Requests[0].Body, receiver.Requests[1].Body);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(500)]
    public async Task Export_ReceiverRefuses_IsNotSentAgainAndIsCounted(int status)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        receiver.Respond = (context, _) =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };
        await using var host = await StartAsync(receiver.Endpoint);

        await host.Runtime.ExportAsync();

        Assert.Single(receiver.Requests);
        Assert.Equal(1, Dropped(host));

        // What the SDK met, and that the export that was asked for failed.
        Assert.Equal(2, host.Warnings.Count);
    }

    [Fact]
    public async Task Export_BusyWithOddRetryAfter_NeverStormsAndEndsInTime()
    {
        string[] texts = ["0", "-5", "Fri, 31 Dec 9999 23:59:59 GMT", "soon", "999999999999999999999"];
        await Task.WhenAll(texts.Select(ExportToBusyAsync));
    }

    [Fact]
    public async Task Export_ReceiverComesBack_TheNextOneDelivers()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var isDown = true;
        receiver.Respond = (context, _) =>
        {
            context.Response.StatusCode = Volatile.Read(ref isDown) ? 500 : 200;
            return Task.CompletedTask;
        };
        await using var host = await StartAsync(receiver.Endpoint);
        host.Runtime.Business.Counter("comes.back").Add(4);
        Assert.False(await host.Runtime.ExportAsync());

        Volatile.Write(ref isDown, false);

        Assert.True(await host.Runtime.ExportAsync());
        Assert.Equal(4, receiver.Last("comes.back").Value);
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("500 Internal Server Error")]
    public async Task Export_EndlessResponse_IsReadNoFurtherThanItsBound(string status)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var sent = EndlessResponse.SendAsync(listener, status, upTo: 1L << 30);
        await using var host = await StartAsync(new Uri($"http://{listener.LocalEndpoint}"));

        await host.Runtime.ExportAsync();

        // The bound is 4 MiB; what is beyond it was on its way when the connection was closed.
        Assert.InRange(await sent.WaitAsync(TimeSpan.FromMinutes(1)), 1, 32L << 20);
    }

    [Fact]
    public async Task Export_Redirect_IsNotFollowed()
    {
        await using var elsewhere = await OtlpReceiver.StartAsync();
        await using var receiver = await OtlpReceiver.StartAsync();
        receiver.Respond = (context, _) =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = new Uri(elsewhere.Endpoint, "v1/metrics").ToString();
            return Task.CompletedTask;
        };
        await using var host = await StartAsync(receiver.Endpoint);

        await host.Runtime.ExportAsync();

        Assert.Single(receiver.Requests);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task Record_ReceiverIsDown_CostsTheAppNothingAndWarnsOnce()
    {
        using var closed = new ClosedPort();
        await using var host = await TestHost.StartAsync(options =>
        {
            options.Endpoint = closed.Address;
            options.Interval = TimeSpan.FromMilliseconds(100);
            options.Timeout = TimeSpan.FromMilliseconds(200);
            options.ShutdownTimeout = _shutdown;
        });
        var counter = host.Runtime.Business.Counter("while.down");
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < 100_000; i++)
        {
            counter.Add(1);
        }

        var recording = Stopwatch.GetElapsedTime(start);
        while (Dropped(host) < 5)
        {
            await Task.Delay(20);
        }

        // Were each to wait for the receiver, it would take hours.
        Assert.True(recording < TimeSpan.FromSeconds(10), $"Recording took {recording}.");
        Assert.Single(host.Warnings);
    }

    [Fact]
    public async Task Log_EverySecretPlanted_ShowsNone()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        receiver.Respond = static async (context, _) =>
        {
            // A receiver that repeats what it was sent, with an entry of its own making.
            context.Response.StatusCode = 401;
            await context.Response.WriteAsync($"bad token {context.Request.Headers.Authorization}\ninfo: forged "
                + context.Request.Headers["X-Key"]);
        };
        await using var host = await TestHost.StartAsync(
            options =>
            {
                options.Endpoint = new UriBuilder(receiver.Endpoint)
                {
                    UserName = "user",
                    Password = "s3cret-password",
                    Query = "key=s3cret-query",
                }.Uri;
                options.BearerToken = "s3cret-token";
                options.Headers["X-Key"] = "s3cret-header";
            },
            configuration:
            [
                ("OTEL_EXPORTER_OTLP_HEADERS", "x-other=s3cret-variable,broken s3cret-broken"),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "s3cret-protocol"),
                ("OTEL_LOG_LEVEL", "debug"),
            ]);

        await host.Runtime.ExportAsync();
        await host.StopAsync();

        Assert.DoesNotContain(host.Log.Texts, static text => text.Contains("s3cret", StringComparison.Ordinal));
        Assert.Contains(host.Log.Texts, static text => text.Contains("bad token ***", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log.Texts, static text => text.Contains("\ninfo: forged", StringComparison.Ordinal));
        Assert.Equal("s3cret-variable", receiver.Requests[0].Headers["x-other"]);
    }

    private static Task<TestHost> StartAsync(Uri endpoint, TimeSpan? timeout = null) => TestHost.StartAsync(options =>
    {
        options.Endpoint = endpoint;
        options.Signals = LlmOtlpSignals.Metrics;
        options.Timeout = timeout ?? options.Timeout;
        options.ShutdownTimeout = _shutdown;
    });

    private static async Task ExportToBusyAsync(string retryAfter)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        receiver.Respond = (context, _) =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        };
        await using var host = await StartAsync(receiver.Endpoint, TimeSpan.FromSeconds(4));
        var start = Stopwatch.GetTimestamp();

        Assert.False(await host.Runtime.ExportAsync(), retryAfter);

        var elapsed = Stopwatch.GetElapsedTime(start);
        Assert.True(elapsed < _late, $"{retryAfter}: {elapsed}");
        Assert.InRange(receiver.Requests.Count, 1, 11 + (int)(10 * elapsed.TotalSeconds));
    }

    private static async Task StopInTimeAsync(Uri endpoint, bool delivers = false)
    {
        using var source = new ActivitySource("Tests.Dead");
        await using var host = await TestHost.StartAsync(options =>
        {
            options.Endpoint = endpoint;

            // What is delivered must not wait for its time to be over, whatever that is.
            options.ShutdownTimeout = delivers ? options.ShutdownTimeout : _shutdown;
            options.ActivitySources.Add(source.Name);
        });
        for (var i = 0; i < 10_000; i++)
        {
            source.StartActivity("work")?.Dispose();
        }

        var start = Stopwatch.GetTimestamp();
        await host.StopAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, _late);
        Assert.Equal(
            !delivers,
            host.Log.Texts.Any(static text => text.Contains("shutdown timeout", StringComparison.Ordinal)));
    }

    private static double Dropped(TestHost host) =>
        host.Runtime.GetSnapshot().TryGetFamily("llmmetrics.dropped", out var family)
            ? family.Where(static series => series.Tags[0].Value is "otlp_request").Sum(static series => series.Value)
            : 0;
}
