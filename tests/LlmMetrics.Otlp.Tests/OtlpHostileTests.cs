using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LlmMetrics.Receiver;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace LlmMetrics;

/// <summary>Receivers that break the connection or want memory, and the end of a shutdown by default.</summary>
public sealed class OtlpHostileTests
{
    [Fact]
    public async Task StopAsync_DefaultsAndReceiverHangs_EndsInFiveSeconds()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var host = await TestHost.StartAsync(options =>
        {
            options.Endpoint = new Uri($"http://{listener.LocalEndpoint}");
            options.ShutdownTimeout = new LlmOtlpOptions().ShutdownTimeout;
        });
        host.Runtime.Business.Counter("pending").Add(1);
        var start = Stopwatch.GetTimestamp();

        await host.StopAsync();

        // The request's own limit is a minute here: a stop that waited for it would take that long.
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 4, 30);
    }

    [Fact]
    public async Task Export_ReceiverResetsTheConnection_FailsAndRecovers()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = await StartAsync(new Uri($"http://{listener.LocalEndpoint}"), TimeSpan.FromSeconds(3));
        host.Runtime.Business.Counter("after.reset").Add(3);
        var exporting = host.Runtime.ExportAsync();
        var accepting = listener.AcceptTcpClientAsync();
        var resets = 0;
        while (await Task.WhenAny(accepting, exporting) == accepting)
        {
            using var client = await accepting;
            client.LingerState = new LingerOption(enable: true, 0);
            resets++;
            accepting = listener.AcceptTcpClientAsync();
        }

        Assert.False(await exporting);
        Assert.InRange(resets, 1, 45);
        using var end = new CancellationTokenSource();
        var forwarding = ForwardAsync(accepting, receiver.Endpoint, end.Token);
        Assert.True(await host.Runtime.ExportAsync());
        Assert.Equal(3, receiver.Last("after.reset").Value);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => forwarding);
    }

    [Fact]
    public async Task Export_ReceiverSpeaksNoTls_FailsInTime()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var endpoint = new UriBuilder(receiver.Endpoint) { Scheme = "https" }.Uri;
        await using var host = await StartAsync(endpoint, TimeSpan.FromSeconds(2));
        var start = Stopwatch.GetTimestamp();

        Assert.False(await host.Runtime.ExportAsync());

        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 30);
        Assert.Empty(receiver.Requests);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    public async Task Export_CompressedBomb_CostsNoMemory(int status)
    {
        var bomb = Bomb();
        await using var receiver = await OtlpReceiver.StartAsync();
        receiver.Respond = async (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/x-protobuf";
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(bomb);
        };
        await using var host = await StartAsync(receiver.Endpoint);
        var before = GC.GetTotalAllocatedBytes();

        await host.Runtime.ExportAsync();

        Assert.NotEmpty(receiver.Requests);

        // It would be 256 MiB. What the tests beside it allocate counts here as well.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 128L << 20);
    }

    [Fact]
    public async Task Export_EndlessHeaders_AreReadNoFurtherThanTheirBound()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var sending = SendHeadersAsync(listener);
        await using var host = await StartAsync(new Uri($"http://{listener.LocalEndpoint}"));

        Assert.False(await host.Runtime.ExportAsync());

        Assert.InRange(await sending.WaitAsync(TimeSpan.FromMinutes(1)), 1, 16L << 20);
    }

    private static async Task<long> SendHeadersAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        _ = await stream.ReadAsync(new byte[64 * 1024]);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray());
        var header = Encoding.ASCII.GetBytes($"X-Header: {new string('h', 1000)}\r\n");
        var sent = 0L;
        try
        {
            while (sent < 1L << 30)
            {
                await stream.WriteAsync(header);
                sent += header.Length;
            }
        }
        catch (IOException)
        {
            // Closed by the client.
        }

        return sent;
    }

    private static byte[] Bomb()
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 256; i++)
            {
                gzip.Write(zeros);
            }
        }

        return target.ToArray();
    }

    /// <summary>Hands the bytes of one connection on, both ways, until the end.</summary>
    private static async Task ForwardAsync(Task<TcpClient> accepting, Uri to, CancellationToken end)
    {
        using var from = await accepting;
        using var target = new TcpClient();
        await target.ConnectAsync(to.Host, to.Port, end);
        await Task.WhenAll(
            from.GetStream().CopyToAsync(target.GetStream(), end),
            target.GetStream().CopyToAsync(from.GetStream(), end));
    }

    private static Task<TestHost> StartAsync(Uri endpoint, TimeSpan? timeout = null) => TestHost.StartAsync(options =>
    {
        options.Endpoint = endpoint;
        options.Signals = LlmOtlpSignals.Metrics;
        options.Timeout = timeout ?? options.Timeout;
        options.ShutdownTimeout = TimeSpan.FromSeconds(1);
    });
}
