using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Simulator.Http;

/// <summary>The headers that a provider adds beside the body: request id and rate limits.</summary>
internal static class ResponseHeaders
{
    private const long RequestLimit = 10_000;
    private const long TokenLimit = 2_000_000;

    public static void Write(HttpContext http, string requestId, long requestNumber, int inputTokens, bool limited)
    {
        var headers = http.Response.Headers;
        var remaining = limited ? 0 : RequestLimit - 1 - (requestNumber % RequestLimit);
        headers["x-request-id"] = requestId;
        headers["openai-version"] = "2020-10-01";
        headers["openai-organization"] = "simulator";
        headers["x-ratelimit-limit-requests"] = Text(RequestLimit);
        headers["x-ratelimit-limit-tokens"] = Text(TokenLimit);
        headers["x-ratelimit-remaining-requests"] = Text(remaining);
        headers["x-ratelimit-remaining-tokens"] = Text(Math.Max(0, TokenLimit - inputTokens));
        headers["x-ratelimit-reset-requests"] = limited ? "6m0s" : "6ms";
        headers["x-ratelimit-reset-tokens"] = "1s";
    }

    public static void WriteRetryAfter(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Text((long)Math.Ceiling(wait.TotalSeconds));
        http.Response.Headers["retry-after-ms"] = Text((long)Math.Ceiling(wait.TotalMilliseconds));
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
