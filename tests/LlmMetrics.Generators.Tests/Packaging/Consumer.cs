using LlmMetrics.Testing;

namespace LlmMetrics.Generators.Tests.Packaging;

/// <summary>Projects of a user in a folder of their own, which get LlmMetrics as a package.</summary>
internal sealed class Consumer : IDisposable
{
    private const string Version = "0.1.0-consumed";
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(4);
    private readonly string _folder = Directory.CreateTempSubdirectory("llm-metrics-consumer-").FullName;

    private Dictionary<string, string?> Environment => new()
    {
        // The package under test goes to a cache of its own; all others are taken from where they are already.
        ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages"),
        ["NUGET_FALLBACK_PACKAGES"] = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(
                System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_NOLOGO"] = "1",
    };

    public async Task PackAsync()
    {
        var packed = await RunAsync(
            Repository.Root, "pack", "src/LlmMetrics", "--no-build", "-c", Repository.Configuration, "-o",
            Path.Combine(_folder, "feed"), "-p:IncludeSymbols=false", $"-p:Version={Version}", "-nodeReuse:false");
        Assert.True(packed.ExitCode == 0, packed.Output + packed.Error);
        Write("nuget.config", """
            <configuration><packageSources><add key="packed" value="feed" /></packageSources></configuration>
            """);
    }

    public void Write(string path, string text)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text.Replace("$VERSION$", Version, StringComparison.Ordinal));
    }

    public Task<ProgramOutput> RunAsync(params string[] arguments) => RunAsync(_folder, arguments);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<ProgramOutput> RunAsync(string folder, params string[] arguments) => ProgramRunner.RunAsync(
        "dotnet", arguments, environment: Environment, workingDirectory: folder, timeout: _timeout);
}
