using LlmMetrics.Testing;

namespace LlmMetrics.Tool.Tests;

public sealed class PackedToolTests : IDisposable
{
    // dotnet test leaves the paths of its own build engine to its children.
    private static readonly Dictionary<string, string?> _environment = new()
    {
        ["MSBuildSDKsPath"] = null,
        ["MSBuildExtensionsPath"] = null,
        ["MSBUILD_EXE_PATH"] = null,
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Install_FromTheLocalFolder_RunsAsLlmMetrics()
    {
        await DotnetAsync(
            "pack", Repository.PathOf("src/LlmMetrics.Tool/LlmMetrics.Tool.csproj"), "--no-build", "-c",
            Repository.Configuration, "-o", _folder.Path, "-nodeReuse:false", "--tl:off", "-v", "quiet");
        var configuration = _folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="local" value="{_folder.Path}" /></packageSources>
            </configuration>
            """);
        var tools = Path.Combine(_folder.Path, "tools");
        await DotnetAsync(
            "tool", "install", "LlmMetrics.Tool", "--tool-path", tools, "--configfile", configuration, "--version",
            ToolApp.Version);

        var run = await ProgramRunner.RunAsync(
            Path.Combine(tools, OperatingSystem.IsWindows() ? "llm-metrics.exe" : "llm-metrics"),
            ["inspect", _folder.Write("chat.sse", Answers.ChatStream), "--json"],
            environment: new Dictionary<string, string?>
            {
                ["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath),
            });

        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Contains("\"input_tokens\":1000,\"output_tokens\":50", run.Output, StringComparison.Ordinal);
    }

    private static async Task DotnetAsync(params string[] arguments)
    {
        var output = await ProgramRunner.RunAsync(
            "dotnet", arguments, environment: _environment, timeout: TimeSpan.FromMinutes(3));
        Assert.True(output.ExitCode == 0, $"dotnet {arguments[0]}:\n{output.Output}{output.Error}");
    }
}
