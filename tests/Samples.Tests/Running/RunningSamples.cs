using System.Globalization;
using DemoKit;
using LlmMetrics.Testing;

namespace Samples.Tests.Running;

/// <summary>
/// All five samples as processes, each after a few rounds of its demo, scraped by one real Prometheus all the while, or
/// sending to a real VictoriaMetrics. The load has ended, so every figure stands still.
/// </summary>
public sealed class RunningSamples : IAsyncLifetime
{
    /// <summary>The token that ExpertApi asks for.</summary>
    public const string ExpertToken = "a-token-of-the-operators-0123456789";

    /// <summary>The token that BrowserAgent sends.</summary>
    public const string Dash0Token = "dash0-token-0123456789";

    private const int Rounds = 4;

    private readonly Dictionary<string, SampleProcess> _samples = [];
    private readonly Dictionary<string, SimulatorLedger> _ledgers = [];
    private string? _missing;
    private PrometheusServer? _prometheus;
    private VictoriaMetricsServer? _victoria;
    private RecordingProxy? _proxy;

    /// <summary>Gets the Prometheus that has scraped four of them.</summary>
    public PrometheusServer Prometheus => _prometheus!;

    /// <summary>Gets the VictoriaMetrics that BrowserAgent has sent to.</summary>
    public VictoriaMetricsServer VictoriaMetrics => _victoria!;

    /// <summary>Gets what stands before it.</summary>
    internal RecordingProxy Proxy => _proxy!;

    /// <summary>Gets the moment at which to ask: all is scraped, and windows of a minute still hold the demo.</summary>
    public DateTimeOffset Moment { get; private set; }

    /// <summary>Gets the addresses of the pages of metrics, by sample.</summary>
    public IReadOnlyDictionary<string, Uri> Pages { get; private set; } = new Dictionary<string, Uri>();

    /// <summary>Gets a sample's process.</summary>
    public SampleProcess Sample(string name) => _samples[name];

    /// <summary>Gets what the providers of a sample served.</summary>
    internal SimulatorLedger Ledger(string name) => _ledgers[name];

    /// <summary>Skips the running test where a program is missing.</summary>
    public void Require() => Skip.If(_missing is not null, _missing);

    /// <summary>Asks Prometheus at the moment.</summary>
    public Task<IReadOnlyList<PromSeries>> QueryAsync(string query) => Prometheus.Client.QueryAsync(query, Moment);

    /// <summary>Asks for one number: the sum of what a query returns.</summary>
    public async Task<double> SumAsync(string query) => (await QueryAsync(query)).Sum(static series => series.Value);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _missing = Missing();
        if (_missing is not null)
        {
            return;
        }

        Pages = new Dictionary<string, Uri>
        {
            ["ExpertApi"] = new(Local(FreePort.Next()), "/api/metrics"),
            ["MigrationApi"] = new(Local(FreePort.Next()), "/metrics"),
            ["Voicebot"] = Local(FreePort.Next()),
            ["ContentPipeline"] = new(Local(FreePort.Next()), "/metrics"),
        };
        _victoria = await VictoriaMetricsServer.StartAsync();
        _proxy = await RecordingProxy.StartAsync(_victoria.Address);
        _prometheus = await PrometheusServer.StartAsync(ScrapeConfiguration.Of(Pages));
        StartSamples();
        await Task.WhenAll(_samples.Values.Select(static sample => sample.WaitForLineAsync("demo: done")));
        await WaitForLastFiguresAsync();
        Moment = TimeProvider.System.GetUtcNow();
        foreach (var (name, sample) in _samples)
        {
            _ledgers[name] = await SimulatorLedger.ReadAsync(sample);
        }
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Task.WhenAll(_samples.Values.Select(static sample => sample.DisposeAsync().AsTask()));
        if (_prometheus is not null)
        {
            await _prometheus.DisposeAsync();
        }

        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        if (_victoria is not null)
        {
            await _victoria.DisposeAsync();
        }
    }

    private static string? Missing() =>
        new[] { ExternalPrograms.Prometheus, ExternalPrograms.Promtool, ExternalPrograms.VictoriaMetrics }
            .Where(static program => ExternalPrograms.Find(program) is null)
            .Concat(LocalPostgres.IsInstalled ? [] : ["PostgreSQL"])
            .Select(static program => $"{program} is missing: tests/run.sh fetches it on Debian")
            .FirstOrDefault();

    private static Uri Local(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));

    /// <summary>Waits for a scrape of every page, and for two exports, that began after the load had ended.</summary>
    private async Task WaitForLastFiguresAsync()
    {
        var ended = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        var exports = Proxy.Requests.Count;
        await Prometheus.Client.WaitForAsync(
            "timestamp(up) and (up == 1)",
            series => series.Count == Pages.Count && series.All(page => page.Value > ended));
        for (var attempt = 0; Proxy.Requests.Count < exports + 2; attempt++)
        {
            Assert.True(attempt < 600, $"nothing came over OTLP: {_samples["BrowserAgent"].Error}");
            await Task.Delay(50);
        }
    }

    private void StartSamples()
    {
        Start(
            "ExpertApi", ["--urls", App("ExpertApi")], new() { ["LlmMetrics__Prometheus__BearerToken"] = ExpertToken });
        Start("MigrationApi", ["--urls", App("MigrationApi")], []);
        Start("Voicebot", ["--urls", "http://127.0.0.1:0", "--metrics-port", Port("Voicebot")], []);
        Start("ContentPipeline", ["--metrics-port", Port("ContentPipeline")], []);
        Start("BrowserAgent", ["--urls", "http://127.0.0.1:0"], new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = new Uri(_proxy!.Address, "opentelemetry").ToString(),
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_TRACES_EXPORTER"] = "none",
            ["DASH0_AUTH_TOKEN"] = Dash0Token,
            ["DASH0_DEBUG"] = "true",
        });

        string App(string sample) => Pages[sample].GetLeftPart(UriPartial.Authority);

        string Port(string sample) => Pages[sample].Port.ToString(CultureInfo.InvariantCulture);
    }

    private void Start(string name, string[] arguments, Dictionary<string, string?> environment)
    {
        var rounds = Rounds.ToString(CultureInfo.InvariantCulture);
        _samples[name] = SampleProcess.Start(
            name, ["--demo", "--rounds", rounds, "--speed", "20", .. arguments], environment);
    }
}
