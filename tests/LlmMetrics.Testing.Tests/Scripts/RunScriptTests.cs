using System.Globalization;

namespace LlmMetrics.Testing.Tests;

/// <summary>The parts of tests/run.sh that decide what is fetched and what counts as failed.</summary>
public sealed class RunScriptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("run-").FullName;

    [SkippableTheory]
    [InlineData(5, 0, 0, "5 0 2")]
    [InlineData(3, 2, 1, "3 2 2")]
    [InlineData(5, 0, 1, "5 1 2")]
    public async Task CountResults_ResultFile_IsSummed(int passed, int failed, int exitCode, string expected)
    {
        var file = Path.Combine(_folder, "a.trx");
        await File.WriteAllTextAsync(file, ResultFile(passed, failed));
        Assert.Equal(expected, await CountAsync(file, exitCode));
    }

    [SkippableTheory]
    [InlineData("", 134, "0 1 0")]
    [InlineData("", 0, "0 0 0")]
    [InlineData("<broken", 1, "0 1 0")]
    public async Task CountResults_ProjectThatCrashed_CountsAsFailed(string text, int exitCode, string expected)
    {
        var file = Path.Combine(_folder, "a.trx");
        await File.WriteAllTextAsync(file, text);
        Assert.Equal(expected, await CountAsync(file, exitCode));
    }

    [SkippableFact]
    public async Task ListSkipped_TwoReasons_GroupsTheTests()
    {
        var file = Path.Combine(_folder, "a.trx");
        await File.WriteAllTextAsync(file, Result("A", "tool is missing") + Result("B(x: &quot;1&quot;)", "slow")
            + Result("C", "tool is missing") + "<UnitTestResult testName=\"D\" outcome=\"Passed\" />");
        var output = await RunAsync("list-skipped.sh", file, Path.Combine(_folder, "missing.trx"));
        Assert.Equal(
            "skipped 2: tool is missing\n    A\n    C\nskipped 1: slow\n    B(x: \"1\")\n",
            output.Output);

        static string Result(string name, string reason) =>
            $"<UnitTestResult testId=\"1\" testName=\"{name}\" outcome=\"NotExecuted\">"
            + $"<Output><ErrorInfo><Message>{reason}</Message></ErrorInfo></Output></UnitTestResult>";
    }

    [SkippableFact]
    public async Task ListDebianMirrors_OneLineAndParagraphs_BothAreRead()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sources.list.d"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "sources.list"), """
            # deb http://commented.example/debian bookworm main
            deb [arch=amd64 signed-by=/k/one.gpg] http://one.example/debian bookworm contrib main # note
            deb http://one.example/debian-security bookworm-security main
            deb-src http://source.example/debian bookworm main
            deb http://vendor.example/apt stable extra
            deb http://flat.example/ ./
            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "sources.list.d", "a.sources"), """
            Types: deb deb-src
            # a comment inside
            URIs: http://two.example/debian
              http://three.example/debian
            Suites: trixie trixie-updates
            Components: main
            Signed-By:
             -----BEGIN PGP PUBLIC KEY BLOCK-----

            Enabled: no
            Types: deb
            URIs: http://off.example/debian
            Suites: trixie
            Components: main
            """);
        var output = await RunAsync("list-debian-mirrors.sh", _folder);
        Assert.Equal(
            "http://two.example/debian -\nhttp://three.example/debian -\nhttp://one.example/debian /k/one.gpg\n",
            output.Output);
    }

    [SkippableFact]
    public async Task ListDebianMirrors_NoDebianArchive_IsEmpty()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "sources.list"), "deb http://x.example/ubuntu noble main\n");
        Assert.Equal("", (await RunAsync("list-debian-mirrors.sh", _folder)).Output);
    }

    [SkippableFact]
    public async Task Run_UnknownOption_EndsWithUsageError()
    {
        var output = await ProgramRunner.RunAsync(
            ExternalPrograms.Require("bash"),
            [Repository.PathOf("tests/run.sh"), "--no-such-option"]);
        Assert.Equal(2, output.ExitCode);
        Assert.Contains("--no-such-option", output.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string ResultFile(int passed, int failed) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <ResultSummary outcome="Completed">
          <Counters total="7" executed="5" passed="{passed}" failed="{failed}" error="0" notExecuted="0" />
        </ResultSummary>
        """);

    private static async Task<string> CountAsync(string file, int exitCode) =>
        (await RunAsync("count-results.sh", file, $"{exitCode:D}")).Output.Trim();

    private static Task<ProgramOutput> RunAsync(string script, params string[] arguments) => ProgramRunner.RunAsync(
        ExternalPrograms.Require("bash"),
        [Repository.PathOf("tests/tools/" + script), .. arguments]);
}
