using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using LlmMetrics.Collection;
using LlmMetrics.Llm;

namespace LlmMetrics.Http;

/// <summary>
/// Asks for usage figures where the app wants that: puts a content with the wish in the place of the request's own
/// while it is sent. Only contents that can be read again are touched, since the app may send its request again.
/// </summary>
internal sealed class UsageInjection(LlmMetricsHandlerOptions options, SelfDiagnostics diagnostics)
{
    /// <summary>Bodies beyond this are sent as they are.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The first version of Azure's API that knows stream options.</summary>
    private const int AzureVersion = 20240901;
    private const string VersionName = "api-version=";

    private readonly bool _isOn = options.IncludeUsage;
    private readonly ProviderHosts _hosts = new(
        options.IncludeUsageHosts.Select(host => KeyValuePair.Create(host, host)), known: []);

    /// <summary>Whether a request's body is to be looked at. Never throws.</summary>
    public bool IsWanted(HttpRequestMessage request, in LlmEndpoint endpoint)
    {
        try
        {
            return _isOn && IsAccepted(request, in endpoint);
        }
        catch (Exception exception)
        {
            diagnostics.Failed(Losses.UsageInjection, exception);
            return false;
        }
    }

    /// <summary>The content to send in place of the request's own; null if that is to be sent as it is.</summary>
    public async ValueTask<HttpContent?> RewriteAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = request.Content!;
        try
        {
            using var body = new BoundedBuffer(MaxBytes);
            await content.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
            return Replacement(content, body);
        }
        catch (Exception exception)
        {
            return GiveUp(exception);
        }
    }

    /// <summary>The same without waiting.</summary>
    public HttpContent? Rewrite(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = request.Content!;
        try
        {
            using var body = new BoundedBuffer(MaxBytes);
            content.CopyTo(body, context: null, cancellationToken);
            return Replacement(content, body);
        }
        catch (Exception exception)
        {
            return GiveUp(exception);
        }
    }

    private static ByteArrayContent? Replacement(HttpContent content, BoundedBuffer body)
    {
        if (UsageRequest.AddTo(body.Written) is not { } rewritten)
        {
            return null;
        }

        var replacement = new ByteArrayContent(rewritten);
        HeaderCopy.Copy(content.Headers, replacement.Headers);
        replacement.Headers.ContentLength = rewritten.Length;
        return replacement;
    }

    /// <summary>JSON in plain UTF-8 that lies in memory or is made of objects that do, and is not signed.</summary>
    private static bool IsRepeatable(HttpContent content)
    {
        // Not read as parsed values: parsing would rewrite the header that is sent.
        var headers = content.Headers.NonValidated;
        return content is ByteArrayContent or ReadOnlyMemoryContent or JsonContent
            && !(content.Headers.ContentLength > MaxBytes)
            && !headers.Contains("Content-Encoding")
            && !headers.Contains("Content-MD5")
            && !headers.Contains("Content-Digest")
            && headers.TryGetValues("Content-Type", out var types)
            && MediaTypeHeaderValue.TryParse(types.ToString(), out var type)
            && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
            && (type.CharSet is null || type.CharSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsAzureAble(Uri uri)
    {
        var address = uri.OriginalString;
        var at = address.IndexOf(VersionName, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return address.Contains("/openai/v1/", StringComparison.OrdinalIgnoreCase);
        }

        var version = address.AsSpan(at + VersionName.Length);
        return version.Length >= 10
            && DateOnly.TryParseExact(
                version[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && (date.Year * 10000) + (date.Month * 100) + date.Day >= AzureVersion;
    }

    private bool IsAccepted(HttpRequestMessage request, in LlmEndpoint endpoint)
    {
        if (!endpoint.Protocol.HasStreamOptions
            || endpoint.Operation != LlmOperation.Chat
            || !IsRepeatable(request.Content!))
        {
            return false;
        }

        return endpoint.Provider switch
        {
            // Refuses requests that have stream options, and gives usage without being asked.
            LlmProviders.Mistral => false,
            LlmProviders.OpenAi or LlmProviders.Groq or LlmProviders.DeepSeek or LlmProviders.OpenRouter => true,
            LlmProviders.AzureOpenAi when IsAzureAble(request.RequestUri!) => true,
            _ => _hosts.Find(request.RequestUri!) is not null,
        };
    }

    /// <summary>Sends the content as it is: if it cannot be read, sending it tells the app so.</summary>
    private HttpContent? GiveUp(Exception exception)
    {
        if (exception is not OperationCanceledException)
        {
            diagnostics.Failed(Losses.UsageInjection, exception);
        }

        return null;
    }
}
