using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DemoKit;

/// <summary>
/// A PostgreSQL of one's own on loopback, from the server that is installed, in a folder that goes with it.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    private readonly PostgresPrograms _programs;
    private readonly StringBuilder _log = new();
    private readonly string _folder;
    private Process? _process;
    private int _port;

    private LocalPostgres(PostgresPrograms programs)
    {
        _programs = programs;
        _folder = Directory.CreateTempSubdirectory("postgres-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // It may run as another user than this process.
            File.SetUnixFileMode(_folder, (UnixFileMode)0x1FF);
        }
    }

    /// <summary>Whether there is a server to start.</summary>
    public static bool IsInstalled => PostgresPrograms.Find(only: null) is not null;

    /// <summary>Address of the database <c>postgres</c> as its owner.</summary>
    public string ConnectionString => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Database=postgres;Username=postgres;Timeout=10");

    /// <summary>Starts a server.</summary>
    /// <param name="programs">Folder of the server's programs; null looks for them.</param>
    /// <returns>The server, or null where none is installed.</returns>
    /// <exception cref="InvalidOperationException">It does not start; the message has its log.</exception>
    public static async Task<LocalPostgres?> StartAsync(string? programs = null)
    {
        if (PostgresPrograms.Find(programs) is not { } found)
        {
            return null;
        }

        var server = new LocalPostgres(found);
        try
        {
            await server.StartServerAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } running)
        {
            // A fast shutdown; killed, it would leave its shared memory behind.
            var id = running.Id.ToString(CultureInfo.InvariantCulture);
            using var kill = Process.Start(new ProcessStartInfo("kill", ["-INT", id])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            });
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await running.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                running.Kill(entireProcessTree: true);
            }
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartServerAsync()
    {
        var data = Path.Combine(_folder, "data");
        using var init = Run(
            "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
        await init.WaitForExitAsync();
        for (var attempt = 1; init.ExitCode == 0 && attempt <= 3; attempt++)
        {
            _port = FreePort();
            _process = Run(
                "postgres", "-D", data, "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture),
                "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "deadlock_timeout=100ms", "-c", "jit=off");
            if (await IsReadyAsync())
            {
                return;
            }
        }

        throw new InvalidOperationException($"PostgreSQL does not start:\n{_log}");
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private Process Run(string program, params string[] arguments)
    {
        var process = new Process { StartInfo = _programs.StartInfo(program, arguments, _folder) };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Asked by its log: a connection of this process would show as a pool of the app.</summary>
    private async Task<bool> IsReadyAsync()
    {
        for (var attempt = 0; attempt < 600 && !_process!.HasExited; attempt++)
        {
            lock (_log)
            {
                if (_log.ToString().Contains("ready to accept connections", StringComparison.Ordinal))
                {
                    return true;
                }
            }

            await Task.Delay(25);
        }

        return false;
    }

    private void Keep(string? line)
    {
        lock (_log)
        {
            if (line is not null && _log.Length < 64 * 1024)
            {
                _log.Append(line).Append('\n');
            }
        }
    }
}
