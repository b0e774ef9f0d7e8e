using System.Globalization;
using System.Text.Json;

namespace LlmMetrics.Workload.Sources;

/// <summary>
/// The part of Prometheus' HTTP interface that is needed, with messages that name the server and the query.
/// </summary>
internal sealed class PrometheusApi(Uri server, HttpClient client)
{
    private readonly Uri _base = new(server.AbsoluteUri.EndsWith('/') ? server.AbsoluteUri : server.AbsoluteUri + "/");

    /// <summary>The server as messages name it: without a user name or password that the address may hold.</summary>
    public string Name { get; } = "server " + server.GetComponents(
        UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    public Task<IReadOnlyList<PrometheusSeries>> InstantAsync(
        string query, double time, CancellationToken cancellation) =>
        SeriesAsync($"api/v1/query?query={Uri.EscapeDataString(query)}&time={Text(time)}", query, cancellation);

    public Task<IReadOnlyList<PrometheusSeries>> RangeAsync(
        string query, double start, double end, double step, CancellationToken cancellation) => SeriesAsync(
        $"api/v1/query_range?query={Uri.EscapeDataString(query)}&start={Text(start)}&end={Text(end)}&step={Text(step)}",
        query,
        cancellation);

    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation)
    {
        using var answer = await GetAsync("api/v1/label/__name__/values", "the names of metrics", cancellation)
            .ConfigureAwait(false);
        return [.. answer.RootElement.GetProperty("data").EnumerateArray().Select(static name => name.GetString()!)];
    }

    private static string Text(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<PrometheusSeries>> SeriesAsync(
        string path, string query, CancellationToken cancellation)
    {
        using var answer = await GetAsync(path, query, cancellation).ConfigureAwait(false);
        try
        {
            return [.. answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray()
                .Select(ToSeries).Where(static series => series.Samples.Count > 0)];
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Failure(query, "its answer is not that of Prometheus", e);
        }
    }

    private static PrometheusSeries ToSeries(JsonElement item)
    {
        var values = item.TryGetProperty("values", out var all)
            ? all.EnumerateArray().ToList()
            : [item.GetProperty("value")];
        return new PrometheusSeries(
            item.GetProperty("metric").EnumerateObject()
                .ToDictionary(static label => label.Name, static label =>
                    label.Value.GetString()!, StringComparer.Ordinal),
            [.. values.Select(static pair => (pair[0].GetDouble(), Number(pair[1].GetString()!)))
                .Where(static pair => !double.IsNaN(pair.Item2))]);
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private async Task<JsonDocument> GetAsync(string path, string query, CancellationToken cancellation)
    {
        try
        {
            using var response = await client.GetAsync(
                new Uri(_base, path), HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw Failure(query, $"it answered {(int)response.StatusCode}");
            }

            var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                return await JsonDocument.ParseAsync(stream, cancellationToken: cancellation).ConfigureAwait(false);
            }
        }
        catch (JsonException e)
        {
            throw Failure(query, "its answer is no JSON", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            var reason = e is OperationCanceledException ? "it did not answer in time" : e.Message.TrimEnd('.');
            throw Failure(query, reason, e);
        }
    }

    private WorkloadException Failure(string query, string reason, Exception? inner = null) => new(
        Name,
        $"{Name} did not answer the question for {query}: {reason}. Check the address (the base address of Prometheus "
            + "or VictoriaMetrics, without /api/v1)",
        isSource: true,
        inner);
}
