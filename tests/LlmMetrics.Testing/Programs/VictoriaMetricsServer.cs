using System.Globalization;

namespace LlmMetrics.Testing;

/// <summary>A real VictoriaMetrics on loopback, for the time of a test.</summary>
public sealed class VictoriaMetricsServer : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private VictoriaMetricsServer(ServerProcess process, Uri address)
    {
        _process = process;
        Address = address;
        Client = new PromClient(address);
    }

    /// <summary>Gets the server's address.</summary>
    public Uri Address { get; }

    /// <summary>Gets the base address for OTLP over HTTP; the signal's path is appended.</summary>
    public Uri OtlpBaseAddress => new(Address, "opentelemetry");

    /// <summary>Gets the client for queries.</summary>
    public PromClient Client { get; }

    /// <summary>Gets what the server logged.</summary>
    public string Log => _process.Log;

    /// <summary>Starts VictoriaMetrics; skips the running test if it isn't there.</summary>
    /// <param name="arguments">Further arguments, such as <c>-opentelemetry.usePrometheusNaming</c>.</param>
    /// <returns>The running server; dispose it.</returns>
    public static async Task<VictoriaMetricsServer> StartAsync(params string[] arguments)
    {
        var (process, address) = await ServerProcess.StartAsync(
            ExternalPrograms.VictoriaMetrics,
            "health",
            (port, folder) => Arguments(port, folder).Concat(arguments));
        return new VictoriaMetricsServer(process, address);
    }

    /// <summary>Evaluates a query over everything that was received so far.</summary>
    /// <param name="query">MetricsQL.</param>
    /// <returns>The series.</returns>
    public async Task<IReadOnlyList<PromSeries>> QueryAsync(string query)
    {
        await FlushAsync();

        // It rounds the present down to a whole second and would not see what came in since.
        return await Client.QueryAsync(query, TimeProvider.System.GetUtcNow().AddSeconds(1));
    }

    /// <summary>Makes what was received visible to queries, which otherwise takes a second or more.</summary>
    /// <returns>A task.</returns>
    public async Task FlushAsync() => _ = await Client.GetTextAsync("internal/force_flush");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.DisposeAsync();
    }

    private static IEnumerable<string> Arguments(int port, string folder) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"-httpListenAddr=127.0.0.1:{port}"),
        $"-storageDataPath={folder}/data",
        "-memory.allowedBytes=128MB",

        // Queries see the newest point at once instead of after half a minute, and none is served from a cache.
        "-search.latencyOffset=0s",
        "-search.disableCache",
        "-retentionPeriod=1d",
    ];
}
