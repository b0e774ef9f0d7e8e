using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace LlmMetrics.Testing;

/// <summary>Asks a server with Prometheus' HTTP API.</summary>
/// <param name="address">The server's address; the API is below it.</param>
public sealed class PromClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>Evaluates a query at one point in time.</summary>
    /// <param name="query">PromQL.</param>
    /// <param name="at">The time; now by default.</param>
    /// <returns>The series; a scalar is one series without labels.</returns>
    public Task<IReadOnlyList<PromSeries>> QueryAsync(string query, DateTimeOffset? at = null)
    {
        var form = new Dictionary<string, string> { ["query"] = query };
        if (at is { } time)
        {
            form["time"] = Seconds(time);
        }

        return AskAsync("api/v1/query", query, form);
    }

    /// <summary>Evaluates a query over a range.</summary>
    /// <param name="query">PromQL.</param>
    /// <param name="start">The first point in time.</param>
    /// <param name="end">The last.</param>
    /// <param name="step">The distance between points.</param>
    /// <returns>The series.</returns>
    public Task<IReadOnlyList<PromSeries>> QueryRangeAsync(
        string query,
        DateTimeOffset start,
        DateTimeOffset end,
        TimeSpan step) =>
        AskAsync("api/v1/query_range", query, new()
        {
            ["query"] = query,
            ["start"] = Seconds(start),
            ["end"] = Seconds(end),
            ["step"] = step.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>Repeats a query until its result is as expected.</summary>
    /// <param name="query">PromQL.</param>
    /// <param name="until">The expectation; at least one series by default.</param>
    /// <param name="timeout">A minute by default.</param>
    /// <returns>The expected result.</returns>
    /// <exception cref="TimeoutException">It didn't come in time; the message has the last result.</exception>
    public async Task<IReadOnlyList<PromSeries>> WaitForAsync(
        string query,
        Func<IReadOnlyList<PromSeries>, bool>? until = null,
        TimeSpan? timeout = null)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            var result = await QueryAsync(query);
            if (until is null ? result.Count > 0 : until(result))
            {
                return result;
            }

            if (started.Elapsed > (timeout ?? TimeSpan.FromMinutes(1)))
            {
                throw new TimeoutException($"{query} stayed at: {Describe(result)}");
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Reads any page of the API.</summary>
    /// <param name="path">The path with its query, such as <c>api/v1/targets</c>.</param>
    /// <returns>The answer; the caller disposes it.</returns>
    public async Task<JsonDocument> GetJsonAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Reads any page as text.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The body.</returns>
    public Task<string> GetTextAsync(string path) => _http.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string Describe(IReadOnlyList<PromSeries> result) => result.Count == 0
        ? "no series"
        : string.Join("; ", result.Take(10).Select(static series =>
            string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', series.Labels)} = {series.Value}")));

    private static string Seconds(DateTimeOffset time) =>
        (time.ToUnixTimeMilliseconds() / 1000.0).ToString("F3", CultureInfo.InvariantCulture);

    private static List<PromSeries> ReadSeries(JsonElement data)
    {
        var result = data.GetProperty("result");
        if (data.GetProperty("resultType").GetString() is "scalar" or "string")
        {
            return [new PromSeries(new Dictionary<string, string>(), [ReadPoint(result)])];
        }

        return [.. result.EnumerateArray().Select(static series => new PromSeries(
            series.GetProperty("metric").EnumerateObject().ToDictionary(l => l.Name, l => l.Value.GetString()!),
            series.TryGetProperty("value", out var value)
                ? [ReadPoint(value)]
                : [.. series.GetProperty("values").EnumerateArray().Select(ReadPoint)]))];
    }

    private static PromPoint ReadPoint(JsonElement pair) => new(
        DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(pair[0].GetDouble()),
        PromNumber.Parse(pair[1].GetString()!));

    private async Task<IReadOnlyList<PromSeries>> AskAsync(string path, string query, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        var body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new PromQueryException($"{query}: {(int)response.StatusCode} {body}");
        }

        using var json = JsonDocument.Parse(body);
        return ReadSeries(json.RootElement.GetProperty("data"));
    }
}
