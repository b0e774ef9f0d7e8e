namespace LlmMetrics.Testing.Tests;

public sealed class ExternalProgramsTests
{
    [Fact]
    public void Find_UnknownProgram_IsNull() => Assert.Null(ExternalPrograms.Find("no-such-program-anywhere"));

    [Fact]
    public void Require_UnknownProgram_SkipsAndNamesIt()
    {
        var skip = Assert.Throws<SkipException>(() => ExternalPrograms.Require("no-such-program-anywhere"));
        Assert.StartsWith("no-such-program-anywhere is missing", skip.Message, StringComparison.Ordinal);
    }

    /// <summary>A plain "dotnet test" prints no reasons, and so these cases name what is missing.</summary>
    [SkippableTheory]
    [InlineData(ExternalPrograms.Prometheus)]
    [InlineData(ExternalPrograms.Promtool)]
    [InlineData(ExternalPrograms.Alertmanager)]
    [InlineData(ExternalPrograms.Amtool)]
    [InlineData(ExternalPrograms.VictoriaMetrics)]
    [InlineData(ExternalPrograms.Python)]
    [InlineData(ExternalPrograms.PythonPrometheusClient)]
    public void Require_ProgramOfTheTests_IsThere(string program) =>
        Assert.True(Path.Exists(ExternalPrograms.Require(program)));

    [SkippableFact]
    public async Task Find_Amtool_ChecksAConfiguration()
    {
        var amtool = ExternalPrograms.Require(ExternalPrograms.Amtool);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "route: { receiver: nobody }\nreceivers: [ { name: nobody } ]\n");
        var output = await ProgramRunner.RunAsync(amtool, ["check-config", file]);
        File.Delete(file);
        Assert.True(output.ExitCode == 0, output.Error + output.Output);
    }
}
