using LlmMetrics.Workload.Output;
using LlmMetrics.Workload.Reports;
using LlmMetrics.Workload.Sources;

namespace LlmMetrics;

/// <summary>Cost, tokens, latency and errors of the past, by model, feature and agent.</summary>
public sealed class UsageReport
{
    internal UsageReport(string source, DateTimeOffset start, DateTimeOffset end, IReadOnlyList<UsageRow> rows)
    {
        Source = source;
        Start = start;
        End = end;
        Rows = rows;
    }

    /// <summary>Where the figures are from.</summary>
    public string Source { get; }

    /// <summary>Start of the time.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>End of the time.</summary>
    public DateTimeOffset End { get; }

    /// <summary>Rows by dimension, value and period; first the sum of everything.</summary>
    public IReadOnlyList<UsageRow> Rows { get; }

    /// <summary>Reads the JSON files that LlmMetrics.JsonFile wrote.</summary>
    /// <param name="folder">Their folder.</param>
    /// <param name="options">Names and window.</param>
    /// <param name="period">How finely it goes over time.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The report.</returns>
    /// <exception cref="WorkloadException">The files cannot be read, or hold no calls.</exception>
    public static Task<UsageReport> FromFolderAsync(
        string folder, MeasurementOptions options, UsagePeriod period, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(options);
        return UsageBuilder.BuildAsync(
            JsonFolderSource.Open(folder, options.Window, cancellationToken), options, period, cancellationToken);
    }

    /// <summary>Reads from Prometheus or VictoriaMetrics.</summary>
    /// <param name="server">Base address of the server.</param>
    /// <param name="client">Client for the requests.</param>
    /// <param name="options">Names and window.</param>
    /// <param name="period">How finely it goes over time.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The report.</returns>
    /// <exception cref="WorkloadException">The server does not answer, or has no calls.</exception>
    public static Task<UsageReport> FromPrometheusAsync(
        Uri server, HttpClient client, MeasurementOptions options, UsagePeriod period,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        var source = new PrometheusSource(server, client, options.Window ?? TimeSpan.FromHours(24), options.End);
        return UsageBuilder.BuildAsync(source, options, period, cancellationToken);
    }

    /// <summary>The report as Markdown.</summary>
    /// <returns>The text.</returns>
    public string ToMarkdown() => UsageText.Markdown(this);

    /// <summary>The rows as comma-separated values (RFC 4180) with a line of headings.</summary>
    /// <returns>The text.</returns>
    public string ToCsv() => UsageText.Csv(this);

    /// <summary>The report as one HTML page with a chart; it loads nothing.</summary>
    /// <returns>The page.</returns>
    public string ToHtml() => UsagePage.Write(this);
}
