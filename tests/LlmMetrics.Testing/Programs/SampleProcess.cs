using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LlmMetrics.Testing;

/// <summary>A sample as its reader runs it: a process of its own, in a folder of its own.</summary>
public sealed class SampleProcess : IAsyncDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder;
    private readonly Process _process = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly string _name;

    private SampleProcess(string name, string[] arguments, IReadOnlyDictionary<string, string?> environment)
    {
        _name = name;
        _folder = Directory.CreateTempSubdirectory($"{name}-process-");

        // A shell that runs the tests in the background makes them, and so their children, deaf to SIGINT.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        var assembly = Repository.PathOf($"samples/{name}/bin/{Repository.Configuration}/net10.0/{name}.dll");
        _process.StartInfo = new ProcessStartInfo(command[0], [.. command[1..], assembly, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = _folder.FullName,
        };
        foreach (var (variable, value) in environment)
        {
            _process.StartInfo.Environment[variable] = value;
        }

        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_error, line.Data);
    }

    /// <summary>Gets the folder that it runs in.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Gets what it wrote so far.</summary>
    public string Output => Text(_output);

    /// <summary>Gets what it wrote to standard error so far.</summary>
    public string Error => Text(_error);

    /// <summary>Starts a sample that the test project's build has built.</summary>
    /// <param name="name">Its name, which is its folder's.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables added to this process's own; a null value removes one.</param>
    /// <returns>The process; dispose it.</returns>
    public static SampleProcess Start(
        string name, string[] arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var process = new SampleProcess(name, arguments, environment ?? new Dictionary<string, string?>());
        process._process.Start();
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Waits for a line on standard output.</summary>
    /// <param name="beginning">How it begins.</param>
    /// <returns>The line.</returns>
    /// <exception cref="InvalidOperationException">The process ended before, or two minutes passed.</exception>
    public async Task<string> WaitForLineAsync(string beginning)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            // Before the line is looked for: what a process says last is complete when it has ended.
            var isOver = _process.HasExited || started.Elapsed > _limit;
            if (Lines(beginning).FirstOrDefault() is { } line)
            {
                return line;
            }

            if (isOver)
            {
                throw new InvalidOperationException($"{_name} did not say '{beginning}':\n{Output}{Error}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Gets the lines on standard output that begin so.</summary>
    /// <param name="beginning">How they begin.</param>
    /// <returns>The lines.</returns>
    public IEnumerable<string> Lines(string beginning) => Output.Split('\n')
        .Where(line => line.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>Waits for its end, two minutes at most.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(_limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Presses Ctrl+C.</summary>
    /// <returns>A task.</returns>
    public async Task InterruptAsync()
    {
        var id = _process.Id.ToString(CultureInfo.InvariantCulture);
        await ProgramRunner.RunAsync("kill", ["-INT", id]);
    }

    /// <summary>Ends it in order, so that what it started ends too, or kills it.</summary>
    /// <returns>A task.</returns>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await InterruptAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private static void Keep(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line).Append('\n');
        }
    }
}
