using System.Net;
using Microsoft.AspNetCore.Http;

namespace LlmMetrics.Tests.Http;

/// <summary>Against a real server, over HTTP/1.1 and HTTP/2, with the handler and without it.</summary>
public class LoopbackTests
{
    private static readonly Fixture _fixture = Fixture.Get("openai-chat-stream-usage");

    public static TheoryData<string> Versions() => ["1.1", "2.0"];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Stream_InPieces_SameBytesAndFigures(string version)
    {
        foreach (var plan in new[] { ChunkPlan.Of(7), ChunkPlan.Of(200), ChunkPlan.Random(3) })
        {
            await using var server = await LoopbackServer.StartAsync(
                Version.Parse(version), LoopbackServer.Writing(_fixture.Bytes, plan, "text/event-stream"));
            using var scenario = new Scenario(new SocketsHttpHandler());
            using var request = server.Request();
            using var response = await scenario.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            using var target = new MemoryStream();
            await (await response.Content.ReadAsStreamAsync()).CopyToAsync(target);

            Assert.Equal(_fixture.Bytes, target.ToArray());
            var call = scenario.Log.Single;
            Assert.Equal(LlmOutcome.Ok, call.Outcome);
            Assert.Equal("asked", call.RequestModel);
            Assert.Equal(19, call.InputTokens);
            Assert.Equal("openai_compatible", call.Provider);
            Assert.Equal(server.Address.Port, call.ServerPort);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Stream_ServerAborts_SameExceptionAndBytesAsUnwrapped(string version)
    {
        await using var server = await LoopbackServer.StartAsync(
            Version.Parse(version),
            LoopbackServer.Writing(_fixture.Bytes, ChunkPlan.Of(100), "text/event-stream", abortAt: 700));
        using var scenario = new Scenario(new SocketsHttpHandler());
        using var plainClient = new HttpClient();

        var plain = await ReadAsync(plainClient);
        var observed = await ReadAsync(scenario.Client);

        Assert.Equal(plain.Error.GetType(), observed.Error.GetType());
        Assert.Equal(
            (plain.Error as HttpIOException)?.HttpRequestError,
            (observed.Error as HttpIOException)?.HttpRequestError);
        Assert.True(observed.Bytes is >= 0 and <= 700);
        Assert.Equal(LlmOutcome.Error, scenario.Log.Single.Outcome);
        Assert.Equal(observed.Error.GetType().FullName, scenario.Log.Single.ErrorType);

        async Task<(Exception Error, int Bytes)> ReadAsync(HttpClient client)
        {
            var read = 0;
            var error = await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                using var request = server.Request();
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                using var stream = await response.Content.ReadAsStreamAsync();
                var buffer = new byte[64];
                for (var count = await stream.ReadAsync(buffer); count > 0; count = await stream.ReadAsync(buffer))
                {
                    read += count;
                }
            });
            return (error, read);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Stream_EachEvent_IsSeenBeforeTheNextIsSent(string version)
    {
        using var turn = new SemaphoreSlim(0);
        await using var server = await LoopbackServer.StartAsync(Version.Parse(version), async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.ContentType = "text/event-stream";
            foreach (var part in _fixture.Body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
            {
                await context.Response.WriteAsync(part + "\n\n");
                await context.Response.Body.FlushAsync();
                await turn.WaitAsync(TimeSpan.FromSeconds(30));
            }
        });
        using var scenario = new Scenario(new SocketsHttpHandler());
        using var request = server.Request();
        using var response = await scenario.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var events = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                // A delayed event would wait for the turn that only its arrival gives.
                events++;
                turn.Release();
            }
        }

        Assert.Equal(6, events);
        Assert.Equal(10, scenario.Log.Single.OutputTokens);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Timeout_WhileTheBodyIsBuffered_IsAnError(string version)
    {
        await using var server = await LoopbackServer.StartAsync(Version.Parse(version), async context =>
        {
            await context.Response.Body.WriteAsync(_fixture.Bytes.AsMemory(0, 500));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        using var scenario = new Scenario(new SocketsHttpHandler());

        // It runs from before the request is sent: on a busy machine, too, the headers must have come by then.
        scenario.Client.Timeout = TimeSpan.FromSeconds(2);
        using var request = server.Request();

        var thrown = await Assert.ThrowsAsync<TaskCanceledException>(() => scenario.Client.SendAsync(request));

        Assert.IsType<TimeoutException>(thrown.InnerException);
        await WaitForCallAsync(scenario.Log);
        Assert.Equal("timeout", scenario.Log.Single.ErrorType);
        Assert.Equal(200, scenario.Log.Single.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Timeout_BeforeHeaders_IsAnError(string version)
    {
        await using var server = await LoopbackServer.StartAsync(Version.Parse(version), context =>
            Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var scenario = new Scenario(new SocketsHttpHandler());
        scenario.Client.Timeout = TimeSpan.FromSeconds(1);
        using var request = server.Request();

        await Assert.ThrowsAsync<TaskCanceledException>(() => scenario.Client.SendAsync(request));

        await WaitForCallAsync(scenario.Log);
        Assert.Equal("timeout", scenario.Log.Single.ErrorType);
        Assert.Equal("asked", scenario.Log.Single.RequestModel);
    }

    [Fact]
    public async Task Streams_ManyAtOnce_EachRecordedOnce()
    {
        await using var server = await LoopbackServer.StartAsync(
            HttpVersion.Version20, LoopbackServer.Writing(_fixture.Bytes, ChunkPlan.Of(90), "text/event-stream"));
        using var scenario = new Scenario(new SocketsHttpHandler());

        await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var request = server.Request();
            using var response = await scenario.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await response.Content.CopyToAsync(Stream.Null);
        }));

        Assert.Equal(100, scenario.Log.Calls.Count);
        Assert.Equal(1900, scenario.Log.Calls.Sum(call => call.InputTokens));
    }

    /// <summary>The cause of a cancellation may be known an instant after the failure.</summary>
    private static async Task WaitForCallAsync(CallLog log)
    {
        for (var i = 0; i < 6000 && log.Calls.Count == 0; i++)
        {
            await Task.Delay(5);
        }
    }
}
