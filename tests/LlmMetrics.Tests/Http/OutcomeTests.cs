using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace LlmMetrics.Tests.Http;

/// <summary>How calls end: each is recorded once, and the app sees what it would have seen.</summary>
public class OutcomeTests
{
    public static TheoryData<string> Failures() =>
        ["io", "http-io", "http", "socket-timeout", "timeout", "disposed", "odd"];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Read_InnerThrows_SameInstanceAndError(string kind)
    {
        Exception failure = kind switch
        {
            "io" => new IOException("x"),
            "http-io" => new HttpIOException(HttpRequestError.ResponseEnded, "x"),
            "http" => new HttpRequestException("x"),
            "socket-timeout" => new IOException("x", new SocketException((int)SocketError.TimedOut)),
            "timeout" => new TimeoutException("x"),
            "disposed" => new ObjectDisposedException("x"),
            _ => new InvalidOperationException("x"),
        };
        foreach (var at in new[] { 0, 1, 300, 900 })
        {
            using var inner = new ScriptedHandler(
                Fixture.Get("openai-chat-stream-usage").Bytes, ChunkPlan.Of(50), "text/event-stream")
            {
                Failure = (at, failure),
            };
            using var scenario = new Scenario(inner);
            using var response = await scenario.SendAsync();
            using var stream = await response.Content.ReadAsStreamAsync();
            var buffer = new byte[64];
            var read = 0;
            var thrown = await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                while (true)
                {
                    read += await stream.ReadAsync(buffer);
                }
            });

            Assert.Same(failure, thrown);
            Assert.Equal(at, read);
            var call = scenario.Log.Single;
            Assert.Equal(LlmOutcome.Error, call.Outcome);
            var expected = kind.EndsWith("timeout", StringComparison.Ordinal) ? "timeout" : failure.GetType().FullName;
            Assert.Equal(expected, call.ErrorType);
            Assert.Equal(UsageMissingReason.Aborted, call.UsageMissing);
            Assert.Equal("asked", call.RequestModel);
        }
    }

    [Fact]
    public async Task Copy_InnerThrows_SameExceptionAsUnwrapped()
    {
        static ScriptedHandler Failing() => new(new byte[500], ChunkPlan.Of(50), "application/json")
        {
            Failure = (100, new IOException("x")),
        };
        using var plainClient = new HttpClient(Failing());
        using var plainRequest = Scenario.Request();
        var plain = await Assert.ThrowsAnyAsync<Exception>(() => plainClient.SendAsync(plainRequest));
        using var scenario = new Scenario(Failing());

        var thrown = await Assert.ThrowsAnyAsync<Exception>(
            () => scenario.SendAsync(HttpCompletionOption.ResponseContentRead));

        Assert.Equal(plain.GetType(), thrown.GetType());
        Assert.Equal(plain.Message, thrown.Message);
        Assert.Equal(plain.InnerException?.GetType(), thrown.InnerException?.GetType());
        Assert.Equal(LlmOutcome.Error, scenario.Log.Single.Outcome);
    }

    [Fact]
    public async Task Copy_TargetThrows_IsNotTheProvidersError()
    {
        using var scenario = new Scenario(Scenario.Chat());
        using var response = await scenario.SendAsync();
        using var full = new MemoryStream(new byte[10], writable: true);

        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.CopyToAsync(full));

        Assert.Equal(LlmOutcome.Cancelled, scenario.Log.Single.Outcome);
    }

    [Fact]
    public async Task Dispose_BeforeTheEnd_CancelledOnce()
    {
        using var scenario = new Scenario(Scenario.Chat());
        var response = await scenario.SendAsync();
        var stream = await response.Content.ReadAsStreamAsync();
        Assert.NotEqual(0, await stream.ReadAsync(new byte[400]));
        Assert.Empty(scenario.Log.Calls);

        await stream.DisposeAsync();
        stream.Dispose();
        response.Dispose();
        response.Dispose();

        Assert.Equal(LlmOutcome.Cancelled, scenario.Log.Single.Outcome);
        Assert.Equal(UsageMissingReason.Aborted, scenario.Log.Single.UsageMissing);
    }

    [Fact]
    public async Task Dispose_WithoutReading_CancelledAndNothingRead()
    {
        var inner = Scenario.Chat();
        using var scenario = new Scenario(inner);

        (await scenario.SendAsync()).Dispose();

        Assert.Equal(LlmOutcome.Cancelled, scenario.Log.Single.Outcome);
        Assert.Equal(["dispose"], inner.Stream!.Calls.Distinct());
    }

    [Fact]
    public async Task Dispose_AfterTerminalEvent_Ok()
    {
        var body = Fixture.Get("openai-chat-stream-usage").Bytes;
        using var scenario = new Scenario(Scenario.Chat());
        using var response = await scenario.SendAsync();
        using (var stream = await response.Content.ReadAsStreamAsync())
        {
            await stream.ReadExactlyAsync(new byte[body.Length - 1]);
        }

        Assert.Equal(LlmOutcome.Ok, scenario.Log.Single.Outcome);
        Assert.Equal(19, scenario.Log.Single.InputTokens);
    }

    [Fact]
    public async Task Read_AllOfContentLength_OkWithoutReadingTheEnd()
    {
        var body = Fixture.Get("openai-chat-no-usage").Bytes;
        using var inner = new ScriptedHandler([.. body[..^1], (byte)' ', (byte)'}'], ChunkPlan.Of(9), "text/html")
        {
            ContentLength = body.Length + 1,
        };
        using var scenario = new Scenario(inner);
        using var response = await scenario.SendAsync();
        using var stream = await response.Content.ReadAsStreamAsync();
        await stream.ReadExactlyAsync(new byte[body.Length]);
        Assert.Empty(scenario.Log.Calls);

        await stream.ReadExactlyAsync(new byte[1]);

        Assert.Equal(LlmOutcome.Ok, scenario.Log.Single.Outcome);
    }

    [Fact]
    public async Task Finalizer_Abandoned_Cancelled()
    {
        using var scenario = new Scenario(Scenario.Chat());
        await AbandonAsync(scenario);
        for (var i = 0; i < 1000 && scenario.Log.Calls.Count == 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(10);
        }

        Assert.Equal(LlmOutcome.Cancelled, scenario.Log.Single.Outcome);
        Assert.Equal("gpt-4o-2024-08-06", scenario.Log.Single.ResponseModel);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static async Task AbandonAsync(Scenario scenario)
        {
            var response = await scenario.SendAsync();
            var stream = await response.Content.ReadAsStreamAsync();
            Assert.NotEqual(0, await stream.ReadAsync(new byte[400]));
            Assert.NotEqual(0, await stream.ReadAsync(new byte[400]));
            Assert.NotEqual(0, await stream.ReadAsync(new byte[400]));
            Assert.NotEqual(0, await stream.ReadAsync(new byte[400]));
        }
    }

    [Fact]
    public async Task Cancel_BeforeHeaders_CancelledAndSameToken()
    {
        using var source = new CancellationTokenSource();
        using var scenario = new Scenario(new WaitingHandler());
        var pending = scenario.SendAsync(source.Token);

        // After an await in the same stack as a timer's, as tests often do it, it is still the app that cancels.
        await Task.Delay(1);
        await source.CancelAsync();

        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        Assert.Equal(source.Token, thrown.CancellationToken);
        var call = scenario.Log.Single;
        Assert.Equal(LlmOutcome.Cancelled, call.Outcome);
        Assert.Null(call.ErrorType);
        Assert.Null(call.StatusCode);
        Assert.Equal(UsageMissingReason.Aborted, call.UsageMissing);
    }

    [Fact]
    public async Task Cancel_InADelayedContinuation_IsNotATimeout()
    {
        using var source = new CancellationTokenSource();
        using var scenario = new Scenario(new WaitingHandler());
        var pending = scenario.SendAsync(source.Token);
        await CancelLaterAsync(source);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        Assert.Equal(LlmOutcome.Cancelled, scenario.Log.Single.Outcome);

        static async Task CancelLaterAsync(CancellationTokenSource source)
        {
            await Task.Delay(20).ConfigureAwait(false);
            source.Cancel();
        }
    }

    [Fact]
    public async Task Timeout_OfTheClient_IsAnError()
    {
        using var scenario = new Scenario(new WaitingHandler());

        // It runs from before the handler sees the token: on a busy machine, too, it must not be over by then.
        scenario.Client.Timeout = TimeSpan.FromSeconds(1);

        var thrown = await Assert.ThrowsAsync<TaskCanceledException>(() => scenario.SendAsync());

        Assert.IsType<TimeoutException>(thrown.InnerException);
        Assert.Equal(LlmOutcome.Error, scenario.Log.Single.Outcome);
        Assert.Equal("timeout", scenario.Log.Single.ErrorType);
        Assert.Equal(UsageMissingReason.Aborted, scenario.Log.Single.UsageMissing);
    }

    [Fact]
    public async Task Timeout_BeforeTheTokenIsSeen_IsAnError()
    {
        using var source = new CancellationTokenSource();
        using var inner = new WaitingHandler();
        using var scenario = new Scenario(inner);

        var sending = scenario.SendAsync(source.Token);
        await inner.Entered;
        source.CancelAfter(TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAsync<TaskCanceledException>(() => sending);

        Assert.Equal("timeout", scenario.Log.Single.ErrorType);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    [InlineData(HttpStatusCode.Unauthorized, false)]
    [InlineData(HttpStatusCode.InternalServerError, false)]
    public async Task Status_OfAnError_IsTheErrorType(HttpStatusCode status, bool isRateLimited)
    {
        using var inner = new ScriptedHandler(
            """{"error":{"message":"no","type":"invalid_request_error"}}"""u8.ToArray(),
            ChunkPlan.Whole,
            "application/json")
        {
            Status = status,
        };
        using var scenario = new Scenario(inner);
        using var response = await scenario.SendAsync(HttpCompletionOption.ResponseContentRead);

        var call = scenario.Log.Single;
        Assert.Equal(LlmOutcome.Error, call.Outcome);
        Assert.Equal(((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture), call.ErrorType);
        Assert.Equal((int)status, call.StatusCode);
        Assert.Equal(isRateLimited, call.IsRateLimited);
        Assert.Equal("asked", call.RequestModel);
        Assert.Null(call.InputTokens);
        Assert.Equal(UsageMissingReason.None, call.UsageMissing);
    }

    [Fact]
    public async Task Send_Fails_SameInstanceAndError()
    {
        var failure = new HttpRequestException(HttpRequestError.ConnectionError, "x");
        using var scenario = new Scenario(new WaitingHandler(failure));

        var thrown = await Assert.ThrowsAsync<HttpRequestException>(() => scenario.SendAsync());

        Assert.Same(failure, thrown);
        Assert.Equal("System.Net.Http.HttpRequestException", scenario.Log.Single.ErrorType);
        Assert.Equal(UsageMissingReason.None, scenario.Log.Single.UsageMissing);
    }

    [Theory]
    [InlineData(HttpStatusCode.NoContent)]
    [InlineData(HttpStatusCode.NotModified)]
    [InlineData(HttpStatusCode.OK)]
    public async Task Response_WithoutBody_UntouchedAndRecordedAtOnce(HttpStatusCode status)
    {
        using var bodyless = new HttpResponseMessage(status);
        var content = bodyless.Content;
        using var scenario = new Scenario(new WaitingHandler(response: bodyless));

        using var response = await scenario.SendAsync();

        Assert.Same(content, response.Content);
        Assert.Equal(LlmOutcome.Ok, scenario.Log.Single.Outcome);
        Assert.Equal(UsageMissingReason.NotReported, scenario.Log.Single.UsageMissing);
    }
}
