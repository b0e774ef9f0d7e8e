using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LlmMetrics.Tests.Listener;

public sealed class PrometheusListenerTests : IDisposable
{
    private readonly LogRecorder _logs = new();

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.OK)]
    [InlineData("/metrics?x=1", HttpStatusCode.OK)]
    [InlineData("/metrics/", HttpStatusCode.NotFound)]
    [InlineData("/other", HttpStatusCode.NotFound)]
    [InlineData("/prom", HttpStatusCode.NotFound)]
    public async Task Start_InWorker_AnswersRootAndMetrics(string path, HttpStatusCode expected)
    {
        using var host = await StartAsync();
        using var client = Client(host);

        using var response = await client.GetAsync(path);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(
            expected == HttpStatusCode.OK,
            (await response.Content.ReadAsStringAsync()).Contains("target_info{", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/prom/x", HttpStatusCode.OK)]
    [InlineData("/prom/x/", HttpStatusCode.OK)]
    [InlineData("/prom/x/metrics", HttpStatusCode.OK)]
    [InlineData("/metrics", HttpStatusCode.OK)]
    [InlineData("/prom/metrics", HttpStatusCode.NotFound)]
    public async Task Start_PathBase_IsAnsweredToo(string path, HttpStatusCode expected)
    {
        using var host = await StartAsync(o => o.PathBase = "/prom/x");
        using var client = Client(host);

        using var response = await client.GetAsync(path);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Start_HeadAndPost_AreAnsweredAsHttpSays()
    {
        using var host = await StartAsync();
        using var client = Client(host);
        using var headRequest = new HttpRequestMessage(HttpMethod.Head, "/metrics");

        using var head = await client.SendAsync(headRequest);
        using var post = await client.PostAsync("/metrics", content: null);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        Assert.Equal(["GET", "HEAD"], post.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Start_Token_IsAskedFor()
    {
        using var host = await StartAsync(token: "0123456789abcdef");
        using var client = Client(host);

        using var refused = await client.GetAsync("/metrics");
        client.DefaultRequestHeaders.Authorization = new("Bearer", "0123456789abcdef");
        using var response = await client.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Start_PortInUse_FailsWithTheOptionAndItsValue()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(o => o.Port = port));

        Assert.Contains($"LlmMetrics:Prometheus:Port is {port}", exception.Message);
        Assert.Contains("1 to 65535", exception.Message);
    }

    [Theory]
    [InlineData("127.0.0.1", null, false)]
    [InlineData("localhost", null, false)]
    [InlineData("0.0.0.0", null, true)]
    [InlineData("*", null, true)]
    [InlineData("0.0.0.0", "0123456789abcdef", false)]
    public async Task Start_OpenBeyondLoopback_Warns(string address, string? token, bool expected)
    {
        using var host = await StartAsync(o => o.Host = address, token);

        Assert.Equal(expected, _logs.Warnings.Any(w => w.Contains("can be read by whoever", StringComparison.Ordinal)));
        Assert.All(_logs.Texts, text => Assert.DoesNotContain("0123456789abcdef", text));
    }

    [Fact]
    public async Task Stop_ConnectionThatReadsNothing_IsBounded()
    {
        using var host = await StartAsync();
        var address = new Uri(host.Services.GetRequiredService<PrometheusListener>().Addresses.Single());
        using var slow = new TcpClient();
        await slow.ConnectAsync(address.Host, address.Port);
        await slow.GetStream().WriteAsync("GET /metrics HTTP/1.1\r\nHost: x\r\n"u8.ToArray());

        await host.StopAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(host.Services.GetRequiredService<PrometheusListener>().Addresses);
        using var late = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => late.ConnectAsync(address.Host, address.Port));
    }

    [Fact]
    public async Task Start_OwnRequests_AreNotMeasured()
    {
        using var host = await StartAsync();
        using var client = Client(host);
        await client.GetStringAsync("/metrics");

        var text = await client.GetStringAsync("/metrics");

        Assert.DoesNotContain("kestrel_", text);
        Assert.DoesNotContain("http_server_", text);
    }

    [Fact]
    public async Task Create_WithoutHost_ServesUntilDisposed()
    {
        var port = FreePort.Next();
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        await using (var runtime = LlmMetricsRuntime.Create(b => b.AddPrometheusListener(o => o.Port = port)))
        {
            runtime.Business.Counter("jobs").Add(2);
            using var client = new HttpClient();
            Assert.Contains("jobs_total 2\n", await client.GetStringAsync(new Uri(address + "/metrics")));
        }

        using var late = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => late.GetStringAsync(new Uri(address)));
    }

    public void Dispose() => _logs.Dispose();

    private static HttpClient Client(IHost host) =>
        new() { BaseAddress = new Uri(host.Services.GetRequiredService<PrometheusListener>().Addresses.Single()) };

    private async Task<IHost> StartAsync(Action<PrometheusListenerOptions>? configure = null, string? token = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(_logs);
        builder.Services.AddLlmMetrics()
            .AddPrometheus(o => o.BearerToken = token)
            .AddPrometheusListener(o =>
            {
                o.Port = 0;
                configure?.Invoke(o);
            });
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
