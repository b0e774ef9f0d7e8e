using System.Net;
using System.Net.Sockets;
using System.Text;
using LlmMetrics.Testing;
using Microsoft.AspNetCore.Builder;

namespace LlmMetrics.Tests.Endpoint;

/// <summary>Readers that are slow, go away, or come all at once, while the app records.</summary>
public sealed class ScrapeLoadTests
{
    private const int Series = 1_500;

    private static readonly string _pad = new('x', 200);

    [Fact]
    public async Task Handle_FiftySlowReaders_BlockNeitherRecordingNorOtherScrapes()
    {
        await using var host = await TestHost.StartAsync();
        Fill(host.Runtime);
        var readers = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 50; i++)
            {
                readers.Add(await ReadOneByteAsync(host, gzip: i % 2 == 0));
            }

            Fill(host.Runtime);
            var text = await host.Client.GetStringAsync("/metrics").WaitAsync(TimeSpan.FromSeconds(30));

            Assert.Contains($"load_total{{k=\"0\",pad=\"{_pad}\"}} 2\n", text);
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    [Fact]
    public Task Handle_AbortedScrapes_LogNothingAndLeaveTheEndpointWorking() => AbortAsync(60);

    [LongFact]
    public Task Handle_ThousandAbortedScrapes_LogNothingAndLeaveTheEndpointWorking() => AbortAsync(1_000);

    private static async Task AbortAsync(int scrapes)
    {
        await using var host = await TestHost.StartAsync();
        Fill(host.Runtime);
        var random = new Random(3);
        for (var i = 0; i < scrapes; i++)
        {
            using var reader = await ReadOneByteAsync(host, gzip: i % 3 == 0);
            var read = new byte[1 + random.Next(400_000)];
            _ = await reader.GetStream().ReadAtLeastAsync(read, read.Length, throwOnEndOfStream: false);
            reader.Client.LingerState = new LingerOption(enable: true, 0);
        }

        var text = await host.Client.GetStringAsync("/metrics");

        Assert.Contains($"load_total{{k=\"{Series - 1}\",pad=\"{_pad}\"}} 1\n", text);
        Assert.Empty(host.Logs.Warnings);
        Assert.DoesNotContain("prometheus_scrape_failed", text);
    }

    [Fact]
    public async Task Handle_HundredScrapesWhileRecording_AreAllWhole()
    {
        await using var host = await TestHost.StartAsync();
        Fill(host.Runtime);
        using var stop = new CancellationTokenSource();
        var recording = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Fill(host.Runtime);
            }
        });

        var texts = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var response = await host.SendAsync(headers: [("Accept", "application/openmetrics-text")]);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadAsStringAsync();
        }));
        await stop.CancelAsync();
        await recording;

        Assert.All(texts, text =>
        {
            Assert.EndsWith("# EOF\n", text);
            Assert.Equal(Series, text.Split("\nload_total{").Length - 1);
        });
        Assert.Empty(host.Logs.Warnings);
    }

    [Fact]
    public async Task Handle_FailureMidway_BreaksTheAnswerOff()
    {
        await using var host = await TestHost.StartAsync(map: app =>
        {
            app.Use(async (context, next) =>
            {
                context.Response.Body = new BreakingStream(context.Response.Body);
                await next(context);
            });
            app.MapLlmMetrics();
        });
        Fill(host.Runtime);

        foreach (var encoding in new[] { "gzip", "identity" })
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(
                () => host.SendAsync(headers: [("Accept-Encoding", encoding)]));
        }

        Assert.Single(
            host.Logs.Warnings,
            text => text.Contains("scrape by Prometheus failed", StringComparison.Ordinal));

        // Each was counted before its connection was cut, after which it would look like a scraper that went away.
        Assert.True(host.Runtime.GetSnapshot().TryGetFamily("llmmetrics.dropped", out var dropped));
        Assert.Equal(2, dropped.Sum(static series => series.Value));
    }

    private static void Fill(LlmMetricsRuntime runtime)
    {
        var load = runtime.Business.Counter("load", ["k", "pad"]);
        for (var i = 0; i < Series; i++)
        {
            load.With(i.ToString(System.Globalization.CultureInfo.InvariantCulture), _pad).Add(1);
        }
    }

    private static async Task<TcpClient> ReadOneByteAsync(TestHost host, bool gzip)
    {
        var reader = new TcpClient { ReceiveBufferSize = 1024 };
        await reader.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
        var encoding = gzip ? "gzip" : "identity";
        var request =
            $"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: {encoding}\r\n\r\n";
        await reader.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        Assert.Equal(1, await reader.GetStream().ReadAsync(new byte[1]));
        return reader;
    }

    private sealed class BreakingStream(Stream inner) : MemoryStream
    {
        private int _writes;

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            await inner.FlushAsync(cancellationToken);
            if (++_writes == 1)
            {
                throw new InvalidOperationException("broken on purpose");
            }
        }
    }
}
