using LlmMetrics.Testing;

namespace LlmMetrics.Tool.Tests;

/// <summary>Runs the tool: in this process, or as one of its own.</summary>
internal static class ToolRun
{
    /// <summary>The folder of the tool as it was built.</summary>
    public static string Assembly { get; } = Repository.PathOf(
        $"src/LlmMetrics.Tool/bin/{Repository.Configuration}/net10.0/LlmMetrics.Tool.dll");

    /// <summary>Runs a command line in this process, with redirected output.</summary>
    public static Task<ProgramOutput> RunAsync(params string[] arguments) =>
        RunAsync(arguments, ReadOnlyMemory<byte>.Empty);

    /// <summary>Runs a command line in this process.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="terminalWidth">A terminal of this width is simulated, or none.</param>
    /// <param name="colour">Whether the terminal has colours.</param>
    /// <param name="cancellationToken">Stands for Ctrl+C.</param>
    public static async Task<ProgramOutput> RunAsync(
        IReadOnlyList<string> arguments,
        ReadOnlyMemory<byte> input,
        int? terminalWidth = null,
        bool colour = false,
        CancellationToken cancellationToken = default)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        await using var stream = new MemoryStream(input.ToArray());
        var console = new ToolConsole(stream, output, error)
        {
            IsTerminal = terminalWidth is not null,
            HasColour = colour,
            Width = terminalWidth ?? 100,
        };
        var code = await ToolApp.RunAsync(arguments, console, cancellationToken);
        return new ProgramOutput(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line as a process, as users do.</summary>
    public static Task<ProgramOutput> RunProcessAsync(
        IEnumerable<string> arguments, ReadOnlyMemory<byte> input = default) =>
        ProgramRunner.RunAsync("dotnet", [Assembly, .. arguments], input);
}
