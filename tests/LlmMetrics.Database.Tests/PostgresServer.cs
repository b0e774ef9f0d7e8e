using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using LlmMetrics.Testing;
using Npgsql;

namespace LlmMetrics.Database.Tests;

/// <summary>A real PostgreSQL on loopback for the time of the test run, in a folder of its own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Nobody = "65534";

    private readonly StringBuilder _log = new();
    private string? _folder;
    private string? _missing;
    private Process? _process;
    private int _port;

    /// <summary>Skips the running test if there is no PostgreSQL; else gives its connection string.</summary>
    public string Require()
    {
        Skip.If(_missing is not null, _missing);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={_port};Database=shop;Username=shop;Password=s3cret-w0rd;Timeout=10");
    }

    public async Task InitializeAsync()
    {
        if (FindPrograms() is not { } programs)
        {
            _missing = "PostgreSQL is missing: tests/run.sh fetches it on Debian, or install its server";
            return;
        }

        _folder = Directory.CreateTempSubdirectory("llmmetrics-pg-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder, (UnixFileMode)0x1FF);
        }

        var data = Path.Combine(_folder, "data");
        await RunAsync(
            programs, "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
        for (var attempt = 1; ; attempt++)
        {
            _port = FreePort.Next();
            Start(programs, data);
            if (await IsReadyAsync())
            {
                break;
            }

            Assert.True(attempt < 3, $"PostgreSQL did not start:\n{_log}");
        }

        await using var admin = NpgsqlDataSource.Create(Address("postgres"));
        foreach (var sql in new[]
        {
            "CREATE ROLE shop LOGIN SUPERUSER PASSWORD 's3cret-w0rd'", "CREATE DATABASE shop OWNER shop",
        })
        {
            await using var command = admin.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (_process is { HasExited: false } running)
        {
            // A fast shutdown; killed, it would leave its shared memory behind.
            await ProgramRunner.RunAsync("kill", ["-INT", running.Id.ToString(CultureInfo.InvariantCulture)]);
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
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string? FindPrograms()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var tools = Environment.GetEnvironmentVariable("LLMMETRICS_TOOLS") is { Length: > 0 } folder
            ? folder
            : Repository.PathOf(".tools");
        return new[] { Path.Combine(tools, "postgresql/usr/lib/postgresql"), "/usr/lib/postgresql" }
            .Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories)
            .Select(static version => Path.Combine(version, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(static bin => File.Exists(Path.Combine(bin, "postgres"))
                && File.Exists(Path.Combine(bin, "initdb")));
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static (string File, string[] Arguments) Command(string programs, string name, string[] arguments)
    {
        var program = Path.Combine(programs, name);
        return Environment.IsPrivilegedProcess
            ? ("setpriv", ["--reuid=" + Nobody, "--regid=" + Nobody, "--clear-groups", program, .. arguments])
            : (program, arguments);
    }

    private static Dictionary<string, string?> Variables(string programs)
    {
        // Libraries that were fetched with it.
        var root = Path.GetFullPath(Path.Combine(programs, "../../../../.."));
        var libraries = Path.Combine(root, "usr/lib", RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.Arm64 => "aarch64-linux-gnu",
            _ => "x86_64-linux-gnu",
        });
        return new Dictionary<string, string?>
        {
            ["LD_LIBRARY_PATH"] = root != "/" && Directory.Exists(libraries) ? libraries : null,
            ["LC_ALL"] = "C",
            ["HOME"] = "/nonexistent",
        };
    }

    private string Address(string database) => string.Create(
        CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={_port};Database={database};Username=postgres;Timeout=5;Pooling=false");

    private async Task RunAsync(string programs, string name, params string[] arguments)
    {
        var (file, all) = Command(programs, name, arguments);
        var output = await ProgramRunner.RunAsync(
            file, all, environment: Variables(programs), workingDirectory: _folder);
        Assert.True(output.ExitCode == 0, $"{name} failed:\n{output.Output}\n{output.Error}");
    }

    private void Start(string programs, string data)
    {
        var (file, arguments) = Command(programs, "postgres",
        [
            "-D", data, "-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture),
            "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "deadlock_timeout=100ms", "-c", "jit=off",
            "-c", "max_prepared_transactions=0",
        ]);
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        foreach (var (name, value) in Variables(programs))
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task<bool> IsReadyAsync()
    {
        for (var attempt = 0; attempt < 300 && !_process!.HasExited; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Address("postgres"));
                await connection.OpenAsync();
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(100);
            }
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
