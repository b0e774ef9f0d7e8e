using LlmMetrics.Workload.Sources;

namespace LlmMetrics;

/// <summary>Reads what was measured out of JSON files, a Prometheus server, or two scrapes.</summary>
public static class MeasurementReader
{
    /// <summary>Reads the JSON files that LlmMetrics.JsonFile wrote.</summary>
    /// <param name="folder">Their folder.</param>
    /// <param name="options">Names and length.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The measurement.</returns>
    /// <exception cref="WorkloadException">
    /// The folder is missing or empty, a file is broken or another program's, a metric is missing.
    /// </exception>
    public static async Task<WorkloadMeasurement> FromFolderAsync(
        string folder, MeasurementOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        var source = JsonFolderSource.Open(folder, options.Window, cancellationToken);
        return await MeasurementBuilder.BuildAsync(source, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads from the HTTP interface of Prometheus, or of VictoriaMetrics, which has the same.</summary>
    /// <param name="server">Base address of the server.</param>
    /// <param name="client">Client for the requests; its headers (such as a bearer token) are sent along.</param>
    /// <param name="options">Names, length and window.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The measurement.</returns>
    /// <exception cref="WorkloadException">The server does not answer, or a metric is missing.</exception>
    public static async Task<WorkloadMeasurement> FromPrometheusAsync(
        Uri server, HttpClient client, MeasurementOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        var source = new PrometheusSource(server, client, options.Window ?? TimeSpan.FromHours(24), options.End);
        return await MeasurementBuilder.BuildAsync(source, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads two scrapes of an endpoint, one before and one after the measured time.</summary>
    /// <param name="before">Text of the first scrape, in the text format or OpenMetrics.</param>
    /// <param name="after">Text of the second one.</param>
    /// <param name="options">Names; the length, unless both scrapes have the app's uptime.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The measurement.</returns>
    /// <exception cref="WorkloadException">A scrape is broken, or a metric is missing.</exception>
    public static async Task<WorkloadMeasurement> FromScrapesAsync(
        string before, string after, MeasurementOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(options);
        var source = new ScrapesSource(before, after);
        return await MeasurementBuilder.BuildAsync(source, options, cancellationToken).ConfigureAwait(false);
    }
}
