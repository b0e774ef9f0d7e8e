using System.Collections.Concurrent;
using LlmMetrics.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Samples.Tests.Running;

/// <summary>Hands requests on to a server and keeps with which credentials they came.</summary>
internal sealed class RecordingProxy : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Authorization)> _requests = new();
    private readonly HttpClient _http = new();
    private LoopbackServer? _server;

    public Uri Address => _server!.BaseAddress;

    public IReadOnlyCollection<(string Path, string Authorization)> Requests => _requests;

    public static async Task<RecordingProxy> StartAsync(Uri target)
    {
        var proxy = new RecordingProxy();
        proxy._server = await LoopbackServer.StartAsync(app => app.Run(http => proxy.HandOnAsync(http, target)));
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _http.Dispose();
    }

    private async Task HandOnAsync(HttpContext http, Uri target)
    {
        _requests.Enqueue((http.Request.Path, http.Request.Headers.Authorization.ToString()));
        using var body = new StreamContent(http.Request.Body);
        body.Headers.TryAddWithoutValidation("Content-Type", http.Request.ContentType);
        body.Headers.TryAddWithoutValidation("Content-Encoding", http.Request.Headers.ContentEncoding.ToString());
        using var answer = await _http.PostAsync(new Uri(target, http.Request.Path), body);
        http.Response.StatusCode = (int)answer.StatusCode;
        await http.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
    }
}
