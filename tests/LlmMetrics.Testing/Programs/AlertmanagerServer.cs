using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace LlmMetrics.Testing;

/// <summary>A real Alertmanager on loopback, for the time of a test.</summary>
public sealed class AlertmanagerServer : IAsyncDisposable
{
    // Debian's program reads its templates from there; those of one that is not installed lie elsewhere.
    private const string Templates = "/usr/share/prometheus/alertmanager";

    // Shows it its templates there, in a namespace of its own: nothing outside sees the folder.
    private const string ShowTemplates =
        "mount -t tmpfs none /usr/share && mkdir /usr/share/prometheus && ln -s \"$0\" " + Templates
        + " && exec \"$@\"";

    private readonly ServerProcess _process;
    private readonly HttpClient _http;

    private AlertmanagerServer(ServerProcess process, Uri address)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = address };
        Address = address;
    }

    /// <summary>Gets the server's address.</summary>
    public Uri Address { get; }

    /// <summary>Gets what the server logged.</summary>
    public string Log => _process.Log;

    /// <summary>
    /// Starts Alertmanager; skips the running test if it isn't there, or if one that is not installed cannot be shown
    /// its templates here.
    /// </summary>
    /// <param name="configuration">The text of alertmanager.yml.</param>
    /// <returns>The running server; dispose it.</returns>
    public static async Task<AlertmanagerServer> StartAsync(string configuration)
    {
        var (program, before) = await CommandAsync();
        var (process, address) = await ServerProcess.StartAsync(
            program,
            "-/ready",
            (port, folder) =>
            {
                File.WriteAllText(Path.Combine(folder, "alertmanager.yml"), configuration);
                return
                [
                    .. before,
                    $"--config.file={folder}/alertmanager.yml",
                    $"--storage.path={folder}/data",
                    string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
                    "--cluster.listen-address=",
                ];
            });
        return new AlertmanagerServer(process, address);
    }

    /// <summary>Waits until an alert has come in, and tells to which receivers it goes.</summary>
    /// <param name="name">The alert's name.</param>
    /// <param name="timeout">A minute by default.</param>
    /// <returns>The alert's labels, and the names of its receivers.</returns>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public async Task<(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> Receivers)> WaitForAlertAsync(
        string name, TimeSpan? timeout = null)
    {
        var started = Stopwatch.StartNew();
        while (started.Elapsed < (timeout ?? TimeSpan.FromMinutes(1)))
        {
            using var json = JsonDocument.Parse(
                await _http.GetStringAsync(new Uri($"api/v2/alerts?filter=alertname%3D{name}", UriKind.Relative)));
            foreach (var alert in json.RootElement.EnumerateArray())
            {
                return (
                    alert.GetProperty("labels").EnumerateObject()
                        .ToDictionary(static label => label.Name, static label => label.Value.GetString()!),
                    [.. alert.GetProperty("receivers").EnumerateArray()
                        .Select(static receiver => receiver.GetProperty("name").GetString()!)]);
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{name} did not come:\n{Log}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private static async Task<(string Program, string[] Before)> CommandAsync()
    {
        var program = ExternalPrograms.Require(ExternalPrograms.Alertmanager);
        var templates = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(program)!, "../share/prometheus/alertmanager"));
        if (Directory.Exists(Templates) || !Directory.Exists(templates))
        {
            return (ExternalPrograms.Alertmanager, []);
        }

        Skip.IfNot(
            await MountNamespace.IsAllowedAsync(),
            $"Alertmanager reads {Templates}, where nothing can be mounted: install {ExternalPrograms.Alertmanager}");
        return ("unshare", ["--map-root-user", "--mount", "sh", "-c", ShowTemplates, templates, program]);
    }
}
