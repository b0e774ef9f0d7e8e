using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Tests.Collection;

/// <summary>A real Kestrel: what the framework measures is what counts.</summary>
public sealed class HttpFactsTests
{
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Derive_RealRequests_CountsMethodRouteAndStatus(bool collect, bool isFamilyDisabled)
    {
        var aborted = new TaskCompletionSource();
        await using var app = Build(collect, isFamilyDisabled);
        app.MapGet("/items/{id}", static (int id) => id);
        app.MapGet("/fails", static IResult () => throw new TaskCanceledException("a timeout of the app's own"));
        app.MapGet("/waits", async (HttpContext context) =>
        {
            aborted.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await app.StartAsync();
        using var listener = new CountingListener(app.Services.GetRequiredService<LlmMetricsRuntime>());
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        await client.GetStringAsync("/items/1");
        await client.GetStringAsync("/items/2");
        using (await client.GetAsync("/nowhere/17"))
        using (await client.SendAsync(new HttpRequestMessage(new HttpMethod("BREW"), "/items/1")))
        using (await client.GetAsync("/fails"))
        {
        }

        using (var abort = new CancellationTokenSource())
        {
            var waiting = client.GetAsync("/waits", abort.Token);
            await aborted.Task;
            await abort.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        await app.StopAsync();
        Assert.Equal(2, listener.Count("GET", "/items/{id}", "200"));
        Assert.Equal(1, listener.Count("GET", "unmatched", "404"));
        Assert.Equal(1, listener.Count("_OTHER", null, "405") + listener.Count("_OTHER", null, "404"));
        Assert.Equal(1, listener.Count("GET", "/fails", "500"));
        Assert.Equal(1, listener.Count("GET", "/waits", "499"));
        Assert.Equal(6, listener.Total);
        var snapshot = app.Services.GetRequiredService<LlmMetricsRuntime>().GetSnapshot();
        Assert.Equal(collect ? 6 : double.NaN, snapshot.Sum("intelia.http.requests"));
        Assert.Equal(collect && !isFamilyDisabled, snapshot.TryGetFamily("http.server.request.duration", out _));
    }

    [Fact]
    public async Task Derive_RealClientRequests_CountsWhatTheFrameworkMeasures()
    {
        await using var app = Build(collect: true, isFamilyDisabled: false);
        app.MapGet("/items/{id}", static (int id) => id == 1 ? Results.Ok() : Results.StatusCode(503));
        await app.StartAsync();
        var runtime = app.Services.GetRequiredService<LlmMetricsRuntime>();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        await client.GetStringAsync("/items/1?secret=17");
        using (await client.GetAsync("/items/2"))
        {
        }

        await app.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/items/1"));

        var port = client.BaseAddress.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var snapshot = runtime.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("out", ("method", "GET"), ("status", "200"), ("port", port)));
        Assert.Equal(1, snapshot.Sum("out", ("method", "GET"), ("status", "503"), ("error", "503"), ("port", port)));
        Assert.Equal(1, snapshot.Sum("out", ("error", "connection_error"), ("port", port)));

        // The framework's own comes through as the framework tells it.
        Assert.Equal(1, snapshot.Sum("http.client.request.duration", ("http.response.status_code", "200"),
            ("http.request.method", "GET"), ("server.port", port), ("url.scheme", "http")));
        Assert.DoesNotContain(
            snapshot.Families.SelectMany(static family => family.SelectMany(static series => series.Tags.ToArray())),
            static tag => tag.Value?.ToString()?.Contains("secret", StringComparison.Ordinal) == true);
    }

    private static WebApplication Build(bool collect, bool isFamilyDisabled)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddLlmMetrics(options =>
        {
            options.Collect = collect;
            if (isFamilyDisabled)
            {
                options.DisabledInstruments.Add("http.server.*");
            }
        }).AddProfile(MetricProfile.Prefixed("intelia")).AddProfile(MetricProfile.Create("client", static own => own
            .Counter(FactKind.HttpClientCall, "out").Tag("method", FactField.Method)
            .Tag("status", FactField.StatusCode).Tag("port", FactField.ServerPort).Tag("error", FactField.ErrorType)));
        return builder.Build();
    }
}
