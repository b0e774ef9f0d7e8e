using System.Diagnostics;
using System.Text;

namespace LlmMetrics.Testing;

/// <summary>Runs a program to its end.</summary>
public static class ProgramRunner
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Runs a program and returns what it wrote; kills it when the time is over.</summary>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments, passed on unquoted.</param>
    /// <param name="input">What it reads from standard input; nothing by default.</param>
    /// <param name="environment">Variables added to this process's own; a null value removes one.</param>
    /// <param name="workingDirectory">Where it runs; the checkout by default.</param>
    /// <param name="timeout">One minute by default.</param>
    /// <returns>Exit code and output.</returns>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static async Task<ProgramOutput> RunAsync(
        string file,
        IEnumerable<string> arguments,
        ReadOnlyMemory<byte> input = default,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null,
        TimeSpan? timeout = null)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = _utf8,
            StandardErrorEncoding = _utf8,
            WorkingDirectory = workingDirectory ?? Repository.Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            process.StartInfo.Environment[name] = value;
        }

        process.Start();
        using var limit = new CancellationTokenSource(timeout ?? TimeSpan.FromMinutes(1));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await WriteInputAsync(process, input, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new ProgramOutput(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"{Path.GetFileName(file)} {string.Join(' ', arguments)} did not end in time.",
                e);
        }
    }

    private static async Task WriteInputAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken token)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, token);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended before it had read everything; its exit code and output tell why.
        }
    }
}
