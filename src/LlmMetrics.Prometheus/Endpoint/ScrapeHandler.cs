using System.IO.Compression;
using LlmMetrics.Configuration;
using LlmMetrics.Exposition;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace LlmMetrics.Endpoint;

/// <summary>Answers a scrape, whichever server it came in by.</summary>
internal sealed class ScrapeHandler
{
    private readonly LlmMetricsRuntime _runtime;
    private readonly TimeProvider _time;
    private readonly ScrapeReport _report;
    private readonly PrometheusWriter _writer;
    private readonly BearerToken _token;

    public ScrapeHandler(
        LlmMetricsRuntime runtime,
        IOptions<PrometheusOptions> options,
        ILoggerFactory loggers,
        TimeProvider time)
    {
        var settings = options.Value;
        _runtime = runtime;
        _time = time;
        _report = new ScrapeReport(runtime, loggers.CreateLogger("LlmMetrics.Prometheus"), time);
        _writer = new PrometheusWriter(settings.IncludeTargetInfo, settings.IncludeScopeLabels, _report);
        _token = new BearerToken(settings.BearerToken);
    }

    public bool IsTokenRequired => _token.IsRequired;

    public async Task HandleAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.CacheControl = "no-store";
        if (!_token.Allows(request.Headers.Authorization))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            response.Headers.WWWAuthenticate = "Bearer realm=\"metrics\"";
            return;
        }

        var format = Negotiation.Format(request.Headers.Accept);
        var gzip = Negotiation.Gzip(request.Headers.AcceptEncoding);
        response.ContentType = Negotiation.ContentType(format);
        response.Headers.Vary = "Accept, Accept-Encoding";
        if (gzip)
        {
            response.Headers.ContentEncoding = "gzip";
        }

        if (!HttpMethods.IsHead(request.Method))
        {
            await AnswerAsync(context, format, gzip).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context, ExpositionFormat format, bool gzip)
    {
        using var deadline = new CancellationTokenSource(ScrapeDeadline.Of(context.Request), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);
        GZipStream? compressed = null;
        try
        {
            using var snapshot = _runtime.LeaseSnapshot();
            either.Token.ThrowIfCancellationRequested();
            await _writer.WriteAsync(snapshot, format, Open, either.Token).ConfigureAwait(false);
            if (compressed is not null)
            {
                await compressed.DisposeAsync().ConfigureAwait(false);
            }

            return;
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Scrapers that go away are no failure, and there is nobody to tell.
            context.Abort();
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            Fail(context, StatusCodes.Status408RequestTimeout, hasBegun: compressed is not null);
        }
        catch (Exception exception)
        {
            // Told before the connection is cut, which looks like a scraper that goes away.
            _report.Failed(exception);
            Fail(context, StatusCodes.Status500InternalServerError, hasBegun: compressed is not null);
        }

        if (compressed is not null)
        {
            // After the cut: closing writes a proper end, and half of the metrics would look like all of them.
            await compressed.DisposeAsync().AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Stream Open() => gzip
            ? compressed = new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true)
            : context.Response.Body;
    }

    /// <summary>Says that it failed; an answer that has begun is broken off, lest it be taken as whole.</summary>
    private static void Fail(HttpContext context, int status, bool hasBegun)
    {
        if (hasBegun || context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Headers.Remove(HeaderNames.ContentEncoding);
        context.Response.Headers.Remove(HeaderNames.ContentType);
        context.Response.StatusCode = status;
    }
}
