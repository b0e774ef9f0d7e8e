using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LlmMetrics.Testing;

/// <summary>A server program that runs for the time of a test, in a folder of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int MaxLogCharacters = 64 * 1024;

    // A server ends by itself after this, should the test process be killed before it could stop it.
    private const string Lifetime = "1800";

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly string _name;

    private ServerProcess(string name, string folder, ProcessStartInfo start)
    {
        _name = name;
        Folder = folder;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public string Folder { get; }

    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Starts a server on a free port and waits until it answers; tries again if the port was taken.</summary>
    public static async Task<(ServerProcess Process, Uri Address)> StartAsync(
        string program,
        string readinessPath,
        Func<int, string, IEnumerable<string>> arguments)
    {
        var file = ExternalPrograms.Require(program);
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort.Next();
            var folder = Directory.CreateTempSubdirectory("llmmetrics-").FullName;
            var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
            var server = new ServerProcess(program, folder, StartInfo(file, folder, arguments(port, folder)));
            try
            {
                server.Start();
                await server.WaitUntilReadyAsync(new Uri(address, readinessPath));
                return (server, address);
            }
            catch (InvalidOperationException) when (attempt < 3 && server.PortWasTaken)
            {
                await server.DisposeAsync();
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
    }

    private bool PortWasTaken => Log.Contains("address already in use", StringComparison.OrdinalIgnoreCase);

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        catch (InvalidOperationException)
        {
            // It never started or has ended already.
        }

        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static ProcessStartInfo StartInfo(string file, string folder, IEnumerable<string> arguments)
    {
        var limiter = OperatingSystem.IsLinux() ? ExternalPrograms.Find("timeout") : null;
        var all = limiter is null ? arguments : arguments.Prepend(file).Prepend(Lifetime);
        return new ProcessStartInfo(limiter ?? file, all)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
    }

    private void Start()
    {
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task WaitUntilReadyAsync(Uri probe)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var started = Stopwatch.StartNew();
        while (started.Elapsed < TimeSpan.FromMinutes(2))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"{_name} ended with code {_process.ExitCode}:\n{Log}");
            }

            try
            {
                using var response = await client.GetAsync(probe);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"{_name} was not ready after two minutes:\n{Log}");
    }

    private void Keep(string? line)
    {
        lock (_log)
        {
            if (line is not null && _log.Length < MaxLogCharacters)
            {
                _log.Append(line).Append('\n');
            }
        }
    }
}
