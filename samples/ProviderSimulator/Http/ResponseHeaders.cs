using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Simulator.Http;

/// <summary>The headers that a provider adds beside the body: request id and rate limits.</summary>
internal static class ResponseHeaders
{
    private const long RequestLimit = 10_000;
    private const long TokenLimit = 2_000_000;

    private const int ConcurrencyLimit = 10;

    public static void Write(
        HttpContext http, SimulatedProvider provider, string requestId, long requestNumber, int inputTokens,
        bool limited)
    {
        var headers = http.Response.Headers;
        switch (provider)
        {
            case SimulatedProvider.ElevenLabs:
                headers["request-id"] = requestId;
                headers["current-concurrent-requests"] = Text(limited ? ConcurrencyLimit : 1);
                headers["maximum-concurrent-requests"] = Text(ConcurrencyLimit);
                break;
            case SimulatedProvider.Deepgram:
                headers["dg-request-id"] = requestId;
                headers["dg-project-id"] = "simulator";
                break;
            case SimulatedProvider.Gaianet:
                headers["x-request-id"] = requestId;
                break;
            case SimulatedProvider.Groq:
                headers["x-request-id"] = requestId;
                headers["x-groq-region"] = "simulator";
                WriteLimits(headers, requestNumber, inputTokens, limited);
                break;
            default:
                headers["x-request-id"] = requestId;
                headers["openai-version"] = "2020-10-01";
                headers["openai-organization"] = "simulator";
                WriteLimits(headers, requestNumber, inputTokens, limited);
                break;
        }
    }

    public static void WriteRetryAfter(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Text((long)Math.Ceiling(wait.TotalSeconds));
        http.Response.Headers["retry-after-ms"] = Text((long)Math.Ceiling(wait.TotalMilliseconds));
    }

    private static void WriteLimits(IHeaderDictionary headers, long requestNumber, int inputTokens, bool limited)
    {
        var remaining = limited ? 0 : RequestLimit - 1 - (requestNumber % RequestLimit);
        headers["x-ratelimit-limit-requests"] = Text(RequestLimit);
        headers["x-ratelimit-limit-tokens"] = Text(TokenLimit);
        headers["x-ratelimit-remaining-requests"] = Text(remaining);
        headers["x-ratelimit-remaining-tokens"] = Text(Math.Max(0, TokenLimit - inputTokens));
        headers["x-ratelimit-reset-requests"] = limited ? "6m0s" : "6ms";
        headers["x-ratelimit-reset-tokens"] = "1s";
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
