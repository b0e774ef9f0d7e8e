using System.IO.Compression;
using System.Net;
using System.Text;
using LlmMetrics.Endpoint;
using LlmMetrics.Exposition;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;


namespace LlmMetrics.Tests.Endpoint;

public sealed class ScrapeHandlerTests
{
    private const string Text = "text/plain; version=0.0.4; charset=utf-8";
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    [Theory]
    [InlineData(null, Text)]
    [InlineData("*/*", Text)]
    [InlineData("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", OpenMetrics)]
    [InlineData("application/openmetrics-text;q=0", Text)]
    [InlineData("???;;q=x,,", Text)]
    public async Task Handle_Accept_ChoosesTheFormat(string? accept, string expected)
    {
        await using var host = await TestHost.StartAsync();
        host.Runtime.Business.Counter("questions").Add(3);

        using var response = await host.SendAsync(headers: accept is null ? [] : [("Accept", accept)]);
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Contains("questions_total 3\n", text);
        Assert.Contains("service_name=\"test\"", text);
        Assert.Equal(expected == OpenMetrics, text.EndsWith("# EOF\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Handle_HugeAcceptHeader_IsAnswered()
    {
        await using var host = await TestHost.StartAsync();

        using var response = await host.SendAsync(headers: [("Accept", new string('a', 30_000) + ";q=1")]);
        using var tooLarge = await host.SendAsync(headers: [("Accept", new string(',', 64 * 1024))]);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, tooLarge.StatusCode);
        Assert.Equal(ExpositionFormat.Text, Negotiation.Format(new string(',', 64 * 1024)));
    }

    [Fact]
    public async Task Handle_Gzip_UnpacksToTheSameSeries()
    {
        await using var host = await TestHost.StartAsync();
        host.Runtime.Business.Counter("questions").Add(3);

        using var response = await host.SendAsync(headers: [("Accept-Encoding", "gzip")]);
        await using var body = await response.Content.ReadAsStreamAsync();
        await using var unpacked = new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked, Encoding.UTF8);

        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        Assert.Contains("questions_total 3\n", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Handle_Head_HasHeadersAndNoBody()
    {
        await using var host = await TestHost.StartAsync();

        using var response = await host.SendAsync(method: HttpMethod.Head);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Text, response.Content.Headers.ContentType?.ToString());
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Handle_OtherMethod_Is405(string method)
    {
        await using var host = await TestHost.StartAsync();

        using var response = await host.SendAsync(method: new HttpMethod(method));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Handle_PathBaseAndQuery_IsAnswered()
    {
        await using var host = await TestHost.StartAsync(map: app =>
        {
            app.UsePathBase("/a/b");
            app.UseRouting();
            app.MapLlmMetrics("/prom/metrics");
        });

        using var response = await host.SendAsync("/a/b/prom/metrics?x=1");
        using var elsewhere = await host.SendAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact]
    public async Task Handle_RequireHost_IsHonoured()
    {
        await using var host = await TestHost.StartAsync(map: app => app.MapLlmMetrics().RequireHost("internal"));

        using var refused = await host.SendAsync();
        using var response = await host.SendAsync(headers: [("Host", "internal")]);

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Handle_RequireAuthorization_IsHonoured()
    {
        await using var host = await TestHost.StartAsync(
            map: app =>
            {
                app.UseAuthorization();
                app.MapLlmMetrics("/closed").RequireAuthorization("never");
                app.MapLlmMetrics("/open").RequireAuthorization("always");
            },
            services: services =>
            {
                services.AddSingleton<IAuthorizationMiddlewareResultHandler, StatusOnlyResultHandler>();
                services.AddAuthorizationBuilder()
                    .AddPolicy("never", policy => policy.RequireAssertion(_ => false))
                    .AddPolicy("always", policy => policy.RequireAssertion(_ => true));
            });

        using var refused = await host.SendAsync("/closed");
        using var response = await host.SendAsync("/open");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Empty(await refused.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task MapLlmMetrics_WithoutAdapter_SaysWhatToCall()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(add: _ => { }));

        Assert.Contains("AddPrometheus()", exception.Message);
    }

    [Fact]
    public async Task Handle_OwnRequests_AreNotMeasured()
    {
        await using var host = await TestHost.StartAsync(map: app =>
        {
            app.MapLlmMetrics();
            app.MapGet("/hello", () => "hello");
        });
        using var hello = await host.SendAsync("/hello");
        using var first = await host.SendAsync();

        var text = await host.Client.GetStringAsync("/metrics");

        Assert.Contains("http_route=\"/hello\"", text);
        Assert.DoesNotContain("http_route=\"/metrics\"", text);
    }

    [Fact]
    public async Task Handle_CallbackThrows_OtherFamiliesAreThere()
    {
        await using var host = await TestHost.StartAsync();
        host.Runtime.Business.Counter("questions").Add(3);
        host.Runtime.Business.ObservedGauge("broken", static () => throw new InvalidOperationException("planted"));
        host.Runtime.Business.ObservedGauge("fine", static () => 4);

        var text = await host.Client.GetStringAsync("/metrics");
        text = await host.Client.GetStringAsync("/metrics");

        Assert.Contains("questions_total 3\n", text);
        Assert.Contains("fine 4\n", text);
        Assert.DoesNotContain("\nbroken", text);
        Assert.Contains("llmmetrics_dropped_total{reason=\"callback\"}", text);
    }

    [Fact]
    public async Task Handle_CollectionFails_Is500WithoutDetailAndLoggedOnce()
    {
        await using var host = await TestHost.StartAsync(
            map: app => app.MapGet("/metrics", (HttpContext context) =>
            {
                context.Response.Body = new FailingStream();
                return context.RequestServices.GetRequiredService<ScrapeHandler>().HandleAsync(context);
            }));

        for (var i = 0; i < 3; i++)
        {
            using var response = await host.SendAsync();
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }

        Assert.Single(
            host.Logs.Warnings,
            text => text.Contains("scrape by Prometheus failed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.000001", true)]
    [InlineData("10", false)]
    [InlineData("-1", false)]
    [InlineData("x", false)]
    [InlineData("1e9", false)]
    public async Task Handle_ScrapeTimeout_IsHonoured(string seconds, bool late)
    {
        await using var host = await TestHost.StartAsync(
            add: builder => builder.AddPrometheus(),
            services: services => services.AddSingleton<TimeProvider>(new LateTime()));

        using var response = await host.SendAsync(headers: [("X-Prometheus-Scrape-Timeout-Seconds", seconds)]);

        Assert.Equal(late ? HttpStatusCode.RequestTimeout : HttpStatusCode.OK, response.StatusCode);
    }

    private sealed class FailingStream : MemoryStream
    {
        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("broken on purpose");
    }

    private sealed class StatusOnlyResultHandler : IAuthorizationMiddlewareResultHandler
    {
        public Task HandleAsync(
            RequestDelegate next,
            HttpContext context,
            AuthorizationPolicy policy,
            Microsoft.AspNetCore.Authorization.Policy.PolicyAuthorizationResult authorizeResult)
        {
            if (authorizeResult.Succeeded)
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }
    }

    /// <summary>Timers of a millisecond have run out already; longer ones are those of the system.</summary>
    private sealed class LateTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == TimeSpan.FromMilliseconds(1))
            {
                callback(state);
                return base.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
