using System.Net;
using LlmMetrics.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tool.Inspect;

/// <summary>
/// Plays recorded answers through what the handler measures answers with, so that what is printed is what an app would
/// have recorded.
/// </summary>
internal sealed class Inspection : ILlmCallObserver, IAsyncDisposable
{
    private static readonly Uri _address = new("https://recorded.invalid/");

    private readonly LlmMetricsRuntime _runtime;
    private LlmCall? _call;

    public Inspection(PriceCatalogue prices) => _runtime = LlmMetricsRuntime.Create(builder =>
    {
        builder.Services.AddLlmMetrics(static options => options.Meters.Clear());
        builder.Services.AddSingleton<ILlmCallObserver>(this);
        builder.AddPrices(prices);
    });

    public void OnCall(in LlmCall llmCall) => _call = llmCall;

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    /// <summary>Reads one file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public async Task<InspectRecord> ReadAsync(
        string path, InspectSettings settings, CancellationToken cancellationToken)
    {
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            var peek = AnswerPeek.Of(file, settings.Headers["Content-Encoding"]);
            file.Position = 0;
            if (peek.IsEmpty || AnswerRoute.Find(peek, settings) is not { } endpoint)
            {
                return new InspectRecord { File = path };
            }

            _call = null;
            var observation = new LlmCallObservation(_runtime, endpoint, _address);
            observation.OnRequest(settings.Model, peek.IsStream, text: null);
            using var response = Response(file, peek, settings);
            observation.OnResponse(response);
            await response.Content.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            return _call is { } call ? InspectRecord.Of(path, in call) : new InspectRecord { File = path };
        }
    }

    private static HttpResponseMessage Response(Stream file, AnswerPeek peek, InspectSettings settings)
    {
        var response = new HttpResponseMessage((HttpStatusCode)settings.Headers.Status)
        {
            Content = new StreamContent(file),
        };
        foreach (var (name, value) in settings.Headers.Headers)
        {
            // What speaks of the body on the wire need not be true of the file.
            if (!name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
                && !name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }
        }

        var type = settings.ContentType ?? settings.Headers["Content-Type"] ?? TypeOf(peek);
        response.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (peek.Encoding is { } encoding)
        {
            response.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        return response;
    }

    private static string TypeOf(AnswerPeek peek) => peek switch
    {
        { IsFrames: true } => "application/vnd.amazon.eventstream",
        { IsBinary: true } => "application/octet-stream",
        _ => "application/json",
    };
}
