using System.Diagnostics;
using System.Globalization;

namespace LlmMetrics.Testing;

/// <summary>A real Prometheus on loopback, for the time of a test.</summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    /// <summary>The name of the classic text format in Prometheus' configuration.</summary>
    public const string TextProtocol = "PrometheusText0.0.4";

    /// <summary>The name of OpenMetrics in Prometheus' configuration.</summary>
    public const string OpenMetricsProtocol = "OpenMetricsText1.0.0";

    private const string Late = "context deadline exceeded";

    private readonly ServerProcess _process;

    private PrometheusServer(ServerProcess process, Uri address)
    {
        _process = process;
        Address = address;
        Client = new PromClient(address);
    }

    /// <summary>Gets the server's address.</summary>
    public Uri Address { get; }

    /// <summary>Gets the base address for OTLP over HTTP; the signal's path is appended.</summary>
    public Uri OtlpBaseAddress => new(Address, "api/v1/otlp");

    /// <summary>Gets the client for queries.</summary>
    public PromClient Client { get; }

    /// <summary>Gets what the server logged.</summary>
    public string Log => _process.Log;

    /// <summary>Starts Prometheus; skips the running test if it isn't there.</summary>
    /// <param name="configuration">The text of prometheus.yml.</param>
    /// <param name="files">Further files of the same folder, such as rules, by name.</param>
    /// <returns>The running server; dispose it.</returns>
    /// <remarks>Exemplars, native histograms and the OTLP receiver are switched on.</remarks>
    public static async Task<PrometheusServer> StartAsync(
        string configuration,
        IReadOnlyDictionary<string, string>? files = null)
    {
        var (process, address) = await ServerProcess.StartAsync(
            ExternalPrograms.Prometheus,
            "-/ready",
            (port, folder) => Arguments(port, folder, configuration, files));
        return new PrometheusServer(process, address);
    }

    /// <summary>Writes a configuration that scrapes one address every half second.</summary>
    /// <param name="target">The address, with the path.</param>
    /// <param name="protocol">One of this class's constants, or null for Prometheus' own order.</param>
    /// <returns>The text of prometheus.yml; the job is called <c>test</c>.</returns>
    public static string ScrapeConfiguration(Uri target, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        var protocols = protocol is null ? "" : $"    scrape_protocols: [ {protocol} ]\n";
        return string.Create(CultureInfo.InvariantCulture, $"""
            global:
              scrape_interval: 500ms
              scrape_timeout: 500ms
              evaluation_interval: 500ms
            scrape_configs:
              - job_name: test
                scheme: {target.Scheme}
                metrics_path: {target.AbsolutePath}
            {protocols}    static_configs:
                  - targets: [ '{target.Authority}' ]

            """);
    }

    /// <summary>Evaluates a query now, or as soon as no target's last scrape has failed.</summary>
    /// <param name="query">PromQL.</param>
    /// <returns>The series.</returns>
    /// <remarks>
    /// On a busy machine a scrape may miss its half second, after which every series is gone until the next one. A
    /// target that stays down is waited for five seconds.
    /// </remarks>
    public async Task<IReadOnlyList<PromSeries>> QueryAsync(string query)
    {
        for (var attempt = 0; ; attempt++)
        {
            var result = await Client.QueryAsync(query);
            if (attempt == 20 || (await Client.QueryAsync("up == 0")).Count == 0)
            {
                return result;
            }

            await Task.Delay(250);
        }
    }

    /// <summary>Waits until every target was scraped at least once; one that answered too late is waited for.</summary>
    /// <param name="timeout">A minute by default.</param>
    /// <returns>The targets, up or down.</returns>
    public async Task<IReadOnlyList<PromTarget>> WaitForScrapeAsync(TimeSpan? timeout = null)
    {
        var started = Stopwatch.StartNew();
        while (started.Elapsed < (timeout ?? TimeSpan.FromMinutes(1)))
        {
            using var json = await Client.GetJsonAsync("api/v1/targets?state=active");
            var active = json.RootElement.GetProperty("data").GetProperty("activeTargets");
            if (active.GetArrayLength() > 0
                && active.EnumerateArray().All(static t => t.GetProperty("health").GetString() != "unknown"
                    && t.GetProperty("lastError").GetString()?.Contains(Late, StringComparison.Ordinal) is not true))
            {
                return [.. active.EnumerateArray().Select(static t => new PromTarget(
                    t.GetProperty("labels").GetProperty("job").GetString()!,
                    t.GetProperty("scrapeUrl").GetString()!,
                    t.GetProperty("health").GetString() == "up",
                    t.GetProperty("lastError").GetString() ?? ""))];
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"Prometheus scraped nothing:\n{Log}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }

    private static string[] Arguments(
        int port,
        string folder,
        string configuration,
        IReadOnlyDictionary<string, string>? files)
    {
        File.WriteAllText(Path.Combine(folder, "prometheus.yml"), configuration);
        foreach (var (name, text) in files ?? new Dictionary<string, string>())
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        return
        [
            $"--config.file={folder}/prometheus.yml",
            $"--storage.tsdb.path={folder}/data",
            string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
            "--enable-feature=exemplar-storage,native-histograms,otlp-write-receiver",
            "--web.enable-lifecycle",
            "--log.level=info",
        ];
    }
}
