using System.Collections.Concurrent;
using System.IO.Compression;
using LlmMetrics.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LlmMetrics.Receiver;

/// <summary>Receives OTLP on loopback: over HTTP/1.1, or gRPC over HTTP/2 without TLS.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<OtlpRequest> _requests = new();
    private LoopbackServer? _server;
    private int _received;

    /// <summary>Answers instead of the receiver; gets the number of the request, from 1.</summary>
    public Func<HttpContext, int, Task>? Respond { get; set; }

    /// <summary>How many of the last requests are kept.</summary>
    public int Keep { get; set; } = int.MaxValue;

    public Uri Endpoint => _server!.BaseAddress;

    public IReadOnlyList<OtlpRequest> Requests => [.. _requests];

    public IEnumerable<OtlpPoint> Points => Requests.SelectMany(static request => request.Points());

    public IEnumerable<OtlpSpan> Spans => Requests.SelectMany(static request => request.Spans());

    /// <summary>Starts a receiver; port 0 takes a free one.</summary>
    public static async Task<OtlpReceiver> StartAsync(bool grpc = false, int port = 0)
    {
        var receiver = new OtlpReceiver();
        receiver._server = await LoopbackServer.StartAsync(
            app => app.Run(context => receiver.ReceiveAsync(context, grpc)),
            protocols: grpc ? HttpProtocols.Http2 : HttpProtocols.Http1,
            port: port);
        return receiver;
    }

    /// <summary>The last value of the only series of a metric.</summary>
    public OtlpPoint Last(string name) => Points.Last(point => point.Name == name);

    /// <summary>Waits until what was received meets a condition.</summary>
    public async Task UntilAsync(Func<OtlpReceiver, bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!condition(this))
        {
            await Task.Delay(20, deadline.Token);
        }
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? default;

    private async Task ReceiveAsync(HttpContext context, bool grpc)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _requests.Enqueue(new OtlpRequest(
            context.Request.Path,
            context.Request.Headers.ToDictionary(
                static header => header.Key,
                static header => header.Value.ToString(),
                StringComparer.OrdinalIgnoreCase),
            Decode(body.ToArray(), context.Request.Headers.ContentEncoding == "gzip", grpc)));
        var number = Interlocked.Increment(ref _received);
        while (_requests.Count > Keep)
        {
            _requests.TryDequeue(out _);
        }

        if (Respond is { } respond)
        {
            await respond(context, number);
        }
        else if (grpc)
        {
            // An empty message, and the status in the trailers.
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
        else
        {
            context.Response.ContentType = "application/x-protobuf";
        }
    }

    private static byte[] Decode(byte[] body, bool gzip, bool grpc)
    {
        if (grpc)
        {
            // A flag and a length precede the message.
            return body[5..];
        }

        if (!gzip)
        {
            return body;
        }

        using var plain = new MemoryStream();
        using (var stream = new GZipStream(new MemoryStream(body), CompressionMode.Decompress))
        {
            stream.CopyTo(plain);
        }

        return plain.ToArray();
    }
}
