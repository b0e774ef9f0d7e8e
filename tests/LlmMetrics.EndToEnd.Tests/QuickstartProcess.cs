using System.Diagnostics;
using System.Globalization;
using System.Text;
using LlmMetrics.Testing;

namespace LlmMetrics.EndToEnd.Tests;

/// <summary>The Quickstart as its reader runs it: a process of its own, in a folder of its own.</summary>
internal sealed class QuickstartProcess : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quickstart-process");
    private readonly Process _process = new();
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource _hasBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _isServing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private QuickstartProcess(string[] arguments)
    {
        // A shell that runs the tests in the background makes them, and so their children, deaf to SIGINT.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        var assembly = Repository.PathOf($"samples/Quickstart/bin/{Repository.Configuration}/net10.0/Quickstart.dll");
        _process.StartInfo = new ProcessStartInfo(command[0], [.. command[1..], assembly, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = _folder.FullName,
        };
        _process.StartInfo.Environment.Remove("OPENAI_API_KEY");
        _process.StartInfo.Environment.Remove("OPENAI_BASE_URL");
        _process.OutputDataReceived += (_, line) => OnLine(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => OnLine(_error, line.Data);
    }

    public string Output => Text(_output);

    public string Error => Text(_error);

    public string[] Files => Directory.Exists(Path.Combine(_folder.FullName, "metrics"))
        ? Directory.GetFiles(Path.Combine(_folder.FullName, "metrics"), "metrics-*.json")
        : [];

    public static QuickstartProcess Start(params string[] arguments)
    {
        var process = new QuickstartProcess(arguments);
        process._process.Start();
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    public async Task<int> WaitForExitAsync()
    {
        using var limit = new CancellationTokenSource(_limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public Task WaitUntilBegunAsync() => ReachedAsync(_hasBegun.Task);

    public Task WaitUntilServingAsync() => ReachedAsync(_isServing.Task);

    public async Task InterruptAsync()
    {
        var id = _process.Id.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(0, (await ProgramRunner.RunAsync("kill", ["-INT", id])).ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
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

    private async Task ReachedAsync(Task signal)
    {
        using var limit = new CancellationTokenSource(_limit);
        await Task.WhenAny(signal, _process.WaitForExitAsync(limit.Token));
        Assert.True(signal.IsCompleted, $"It did not come so far:\n{Output}{Error}");
    }

    private void OnLine(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line).Append('\n');
        }

        if (line?.StartsWith("LlmMetrics quickstart", StringComparison.Ordinal) == true)
        {
            _hasBegun.TrySetResult();
        }

        if (line?.StartsWith("Ctrl+C", StringComparison.Ordinal) == true)
        {
            _isServing.TrySetResult();
        }
    }
}
