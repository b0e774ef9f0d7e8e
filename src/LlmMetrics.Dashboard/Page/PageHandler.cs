using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using LlmMetrics.Data;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace LlmMetrics.Page;

/// <summary>Answers for the page, its files and its data.</summary>
internal sealed class PageHandler(
    DashboardReader reader, LlmMetricsRuntime metrics, IWebHostEnvironment environment, ILogger<PageHandler> logger)
{
    private const string Refusal =
        """
        This page tells what the app asks of language models and what that costs, so it is not shown to everybody.
        Add .RequireAuthorization() to MapLlmDashboard, or .AllowAnonymous() if whoever reaches it may see it.

        """;

    private static readonly TimeSpan _usualWindow = TimeSpan.FromMinutes(5);

    private readonly PageGuard _guard = new(environment);
    private readonly FrozenDictionary<string, PageFile> _files = PageFile.LoadAll();
    private int _refused;

    public async Task PageAsync(HttpContext context)
    {
        // The page's links are relative, so its own address has to end in a slash.
        var path = context.Request.Path.Value ?? string.Empty;
        if (path.EndsWith('/') || path.Length == 0)
        {
            await SendAsync(context, "index.html").ConfigureAwait(false);
        }
        else
        {
            var last = Uri.EscapeDataString(path[(path.LastIndexOf('/') + 1)..]);
            context.Response.Redirect($"./{last}/{context.Request.QueryString}");
        }
    }

    public Task FileAsync(HttpContext context) =>
        SendAsync(context, context.GetRouteValue("file") as string ?? string.Empty);

    public Task DataAsync(HttpContext context) => AnswerAsync(
        context,
        json => JsonSerializer.Serialize(json, reader.Read(Window(context)), DashboardJson.Default.DashboardState));

    public Task MetricsAsync(HttpContext context) => AnswerAsync(context, json =>
    {
        using var snapshot = metrics.LeaseSnapshot();
        MetricsJson.Write(json, snapshot);
    });

    private static TimeSpan Window(HttpContext context) =>
        int.TryParse(context.Request.Query["minutes"], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            ? TimeSpan.FromMinutes(Math.Clamp(minutes, 1, 24 * 60))
            : _usualWindow;

    private async Task AnswerAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        if (!await PrepareAsync(context).ConfigureAwait(false))
        {
            return;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            write(json);
        }

        await BodyAsync(context, body.GetBuffer().AsMemory(0, (int)body.Length)).ConfigureAwait(false);
    }

    private async Task SendAsync(HttpContext context, string name)
    {
        if (!await PrepareAsync(context).ConfigureAwait(false))
        {
            return;
        }

        var response = context.Response;
        if (!_files.TryGetValue(name, out var file))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.ContentType = file.ContentType;
        response.Headers.ETag = file.ETag;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (context.Request.Headers.IfNoneMatch == file.ETag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var accepts = context.Request.GetTypedHeaders().AcceptEncoding;
        var compressed = accepts.Any(static encoding => encoding.Value == "gzip" && encoding.Quality is not 0);
        if (compressed)
        {
            response.Headers.ContentEncoding = "gzip";
        }

        await BodyAsync(context, compressed ? file.Compressed : file.Plain).ConfigureAwait(false);
    }

    private static async Task BodyAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>Sets the headers that all answers share; refuses what nobody has allowed.</summary>
    private async Task<bool> PrepareAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        if (await _guard.AllowsAsync(context).ConfigureAwait(false))
        {
            return true;
        }

        if (Interlocked.Exchange(ref _refused, 1) == 0)
        {
            Log.Refused(logger);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await context.Response.WriteAsync(Refusal, context.RequestAborted).ConfigureAwait(false);
        return false;
    }
}
