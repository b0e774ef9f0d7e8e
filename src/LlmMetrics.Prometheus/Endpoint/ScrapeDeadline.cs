using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace LlmMetrics.Endpoint;

/// <summary>
/// How long a scrape may take: what the scraper says it waits, since nobody reads the answer after that. It also
/// bounds how long a slow reader keeps a snapshot.
/// </summary>
internal static class ScrapeDeadline
{
    private const string HeaderName = "X-Prometheus-Scrape-Timeout-Seconds";

    private static readonly TimeSpan _default = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(5);

    public static TimeSpan Of(HttpRequest request) =>
        double.TryParse(
            request.Headers[HeaderName], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds > 0
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0.001, _longest.TotalSeconds))
            : _default;
}
