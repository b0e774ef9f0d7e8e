using System.Net;
using System.Net.Quic;
using Microsoft.AspNetCore.Http;

namespace LlmMetrics.Tests.Http;

/// <summary>What transports do beside carrying bytes: TLS, HTTP/3, trailers, redirects, reused connections.</summary>
public class TransportTests
{
    private static readonly Fixture _fixture = Fixture.Get("openai-chat-stream-usage");

    public static TheoryData<string> Versions() => ["1.1", "2.0"];

    [SkippableTheory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    [InlineData("3.0")]
    public async Task Stream_OverTls_SameBytesAndFigures(string version)
    {
        Skip.If(version == "3.0" && !HasQuic(), "HTTP/3 needs the msquic library");
        await using var server = await LoopbackServer.StartAsync(
            Version.Parse(version),
            LoopbackServer.Writing(_fixture.Bytes, ChunkPlan.Of(70), "text/event-stream"),
            TestCertificate.Instance);
        using var scenario = new Scenario(TestCertificate.Client());
        using var request = server.Request();
        using var response = await scenario.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(_fixture.Bytes, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(Version.Parse(version), response.Version);
        Assert.Equal(LlmOutcome.Ok, scenario.Log.Single.Outcome);
        Assert.Equal(19, scenario.Log.Single.InputTokens);
    }

    [Fact]
    public async Task Tls_CertificateIsNotTrusted_SameExceptionAsUnwrapped()
    {
        await using var server = await LoopbackServer.StartAsync(
            HttpVersion.Version11,
            LoopbackServer.Writing(_fixture.Bytes, ChunkPlan.Whole, "text/event-stream"),
            TestCertificate.Instance);
        using var plainClient = new HttpClient();
        using var plainRequest = server.Request();
        var plain = await Assert.ThrowsAsync<HttpRequestException>(() => plainClient.SendAsync(plainRequest));
        using var scenario = new Scenario(new SocketsHttpHandler());
        using var request = server.Request();

        var thrown = await Assert.ThrowsAsync<HttpRequestException>(() => scenario.Client.SendAsync(request));

        Assert.Equal(plain.HttpRequestError, thrown.HttpRequestError);
        Assert.Equal(LlmOutcome.Error, scenario.Log.Single.Outcome);
        Assert.Null(scenario.Log.Single.StatusCode);
    }

    [Fact]
    public async Task Trailers_OfHttp2_ReachTheApp()
    {
        await using var server = await LoopbackServer.StartAsync(HttpVersion.Version20, async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(_fixture.Bytes);
            context.Response.AppendTrailer("x-digest", "abc");
        });
        using var scenario = new Scenario(new SocketsHttpHandler());
        using var request = server.Request();
        using var response = await scenario.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await response.Content.CopyToAsync(Stream.Null);

        Assert.Equal("abc", Assert.Single(response.TrailingHeaders.GetValues("x-digest")));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Redirect_ThatRepeatsTheBody_IsOneCall(string version)
    {
        var bodies = new List<string>();
        await using var server = await LoopbackServer.StartAsync(Version.Parse(version), async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            bodies.Add(await reader.ReadToEndAsync());
            if (!context.Request.Query.ContainsKey("there"))
            {
                context.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
                context.Response.Headers.Location = "/v1/chat/completions?there=1";
                return;
            }

            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(_fixture.Bytes);
        });
        using var scenario = new Scenario(new SocketsHttpHandler());
        using var request = server.Request();
        var content = request.Content;
        using var response = await scenario.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(_fixture.Bytes, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(2, bodies.Count);
        Assert.Equal(bodies[0], bodies[1]);
        Assert.Same(content, request.Content);
        Assert.Equal(19, scenario.Log.Single.InputTokens);
        Assert.Equal("asked", scenario.Log.Single.RequestModel);
    }

    [Fact]
    public async Task ExpectContinue_ServerRefusesBeforeTheBody_SameAnswer()
    {
        await using var server = await LoopbackServer.StartAsync(HttpVersion.Version11, context =>
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Task.CompletedTask;
        });
        using var scenario = new Scenario(
            new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(20) });
        using var request = server.Request();
        request.Headers.ExpectContinue = true;
        using var response = await scenario.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.True(scenario.Log.Single.IsRateLimited);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connection_AfterWholeOrHalfAnswers_IsReusedAsWithoutTheHandler(bool isLeftEarly)
    {
        async Task<int> ConnectionsAsync(HttpClient client)
        {
            var connections = new HashSet<string>();
            await using var server = await LoopbackServer.StartAsync(HttpVersion.Version11, async context =>
            {
                connections.Add(context.Connection.Id);
                await context.Request.Body.CopyToAsync(Stream.Null);
                context.Response.ContentType = "text/event-stream";
                await context.Response.Body.WriteAsync(_fixture.Bytes);
                await context.Response.Body.FlushAsync();

                // An answer that goes on for long: whoever leaves it must close the connection.
                await Task.Delay(isLeftEarly ? TimeSpan.FromSeconds(20) : TimeSpan.Zero, context.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            });
            for (var i = 0; i < 5; i++)
            {
                using var request = server.Request();
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                var stream = await response.Content.ReadAsStreamAsync();
                await (isLeftEarly
                    ? stream.ReadExactlyAsync(new byte[100]).AsTask()
                    : stream.CopyToAsync(Stream.Null));
            }

            return connections.Count;
        }

        using var plain = new HttpClient(Handler());
        using var scenario = new Scenario(Handler());

        var expected = await ConnectionsAsync(plain);
        Assert.Equal(isLeftEarly ? 5 : 1, expected);
        Assert.Equal(expected, await ConnectionsAsync(scenario.Client));
        Assert.Equal(5, scenario.Log.Calls.Count);

        static SocketsHttpHandler Handler() => new() { ResponseDrainTimeout = TimeSpan.Zero };
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Cancel_WhileReading_SameExceptionAndCancelled(string version)
    {
        await using var server = await LoopbackServer.StartAsync(Version.Parse(version), async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.Body.WriteAsync(_fixture.Bytes.AsMemory(0, 400));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        using var plainClient = new HttpClient();
        using var scenario = new Scenario(new SocketsHttpHandler());

        var plain = await ReadAsync(plainClient);
        var observed = await ReadAsync(scenario.Client);

        Assert.Equal(plain.Error.GetType(), observed.Error.GetType());
        Assert.Equal(plain.IsToken, observed.IsToken);
        Assert.Equal(LlmOutcome.Cancelled, scenario.Log.Single.Outcome);

        async Task<(Exception Error, bool IsToken)> ReadAsync(HttpClient client)
        {
            using var source = new CancellationTokenSource();
            using var request = server.Request();
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var stream = await response.Content.ReadAsStreamAsync();
            await stream.ReadExactlyAsync(new byte[400]);
            var pending = stream.ReadAsync(new byte[64], source.Token).AsTask();
            await Task.Delay(20);
            await source.CancelAsync();
            var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
            return (error, error.CancellationToken == source.Token);
        }
    }

    [Fact]
    public async Task AutomaticDecompression_BelowTheHandler_ReadsFigures()
    {
        await using var server = await LoopbackServer.StartAsync(HttpVersion.Version11, async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(FixtureTests.Compress(_fixture.Bytes, "gzip"));
        });
        using var scenario = new Scenario(
            new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All });
        using var request = server.Request();
        using var response = await scenario.Client.SendAsync(request);

        Assert.Equal(_fixture.Bytes, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(19, scenario.Log.Single.InputTokens);
    }

    [Theory]
    [InlineData("1.1", "")]
    [InlineData("1.1", "gzip")]
    [InlineData("2.0", "")]
    [InlineData("2.0", "gzip")]
    public async Task ReadAsStreamAsync_BodyStillToCome_GivesTheStreamAtOnce(string version, string encoding)
    {
        using var hasStream = new SemaphoreSlim(0);
        var isEarly = false;
        await using var server = await LoopbackServer.StartAsync(Version.Parse(version), async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.ContentEncoding = encoding;
            await context.Response.Body.FlushAsync();
            isEarly = await hasStream.WaitAsync(TimeSpan.FromSeconds(30));
            await context.Response.Body.WriteAsync(
                encoding.Length == 0 ? _fixture.Bytes : FixtureTests.Compress(_fixture.Bytes, encoding));
        });
        using var scenario = new Scenario(
            new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All });
        using var request = server.Request();
        using var response = await scenario.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        // The call itself must not wait, not only its task.
        var stream = response.Content.ReadAsStreamAsync();
        hasStream.Release();
        using var body = new MemoryStream();
        await (await stream).CopyToAsync(body);

        Assert.True(isEarly, "the stream was given only with the body");
        Assert.Equal(_fixture.Bytes, body.ToArray());
        Assert.Equal(19, scenario.Log.Single.InputTokens);
    }

    [Fact]
    public async Task Body_OfLengthZero_IsUntouchedAndOk()
    {
        await using var server = await LoopbackServer.StartAsync(HttpVersion.Version11, context =>
        {
            context.Response.ContentLength = 0;
            return Task.CompletedTask;
        });
        using var scenario = new Scenario(new SocketsHttpHandler());
        using var request = server.Request();
        using var response = await scenario.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(LlmOutcome.Ok, scenario.Log.Single.Outcome);
        Assert.Equal(UsageMissingReason.NotReported, scenario.Log.Single.UsageMissing);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Interoperability", "CA1416", Justification = "Where it is not supported at all, it says so.")]
    private static bool HasQuic() => QuicListener.IsSupported;
}
