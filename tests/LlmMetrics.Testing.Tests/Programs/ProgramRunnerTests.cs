using System.Text;

namespace LlmMetrics.Testing.Tests;

public sealed class ProgramRunnerTests
{
    [SkippableFact]
    public async Task RunAsync_InputAndExitCode_PassThrough()
    {
        var shell = ExternalPrograms.Require("sh");
        var output = await ProgramRunner.RunAsync(
            shell,
            ["-c", "cat; echo problem >&2; exit $CODE"],
            Encoding.UTF8.GetBytes("grüße"),
            new Dictionary<string, string?> { ["CODE"] = "7" });
        Assert.Equal(new ProgramOutput(7, "grüße", "problem\n"), output);
    }

    [SkippableFact]
    public async Task RunAsync_ProgramThatHangs_IsKilled()
    {
        var sleep = ExternalPrograms.Require("sleep");
        await Assert.ThrowsAsync<TimeoutException>(() =>
            ProgramRunner.RunAsync(sleep, ["60"], timeout: TimeSpan.FromMilliseconds(200)));
    }
}
