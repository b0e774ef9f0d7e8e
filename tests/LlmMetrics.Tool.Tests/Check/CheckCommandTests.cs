using System.Text;
using LlmMetrics.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace LlmMetrics.Tool.Tests;

public sealed class CheckCommandTests
{
    private const string Good = "# HELP x X.\n# TYPE x gauge\nx 1\n";

    [Fact]
    public async Task Check_Endpoint_SaysWhatItFinds()
    {
        await using var server = await LoopbackServer.StartAsync(static app =>
        {
            app.MapGet("/good", static () => Good);
            app.MapGet("/bad", static () => "x{a=\"1} 2\n");
            app.MapGet("/broken", static () => Results.StatusCode(500));
        });

        var good = await ToolRun.RunAsync("check", new Uri(server.BaseAddress, "good").AbsoluteUri);
        var bad = await ToolRun.RunAsync("check", new Uri(server.BaseAddress, "bad").AbsoluteUri);
        var broken = await ToolRun.RunAsync("check", new Uri(server.BaseAddress, "broken").AbsoluteUri);
        using var closed = new ClosedPort();
        var missing = await ToolRun.RunAsync("check", closed.Address.AbsoluteUri);

        Assert.Equal((0, 1, 3, 3), (good.ExitCode, bad.ExitCode, broken.ExitCode, missing.ExitCode));
        Assert.Contains("format\t1\tpage\t", bad.Output, StringComparison.Ordinal);
        Assert.Contains("answered 500", broken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_StandardInputAndFile_AreRead()
    {
        var input = await ToolRun.RunAsync(["check", "-"], Encoding.UTF8.GetBytes(Good));
        var file = await ToolRun.RunAsync("check", "/nowhere/metrics.prom");
        var folder = await ToolRun.RunAsync("check", Path.GetTempPath());
        var profile = await ToolRun.RunAsync(["check", "-", "--profile", "nobody"], Encoding.UTF8.GetBytes(Good));

        Assert.Equal(
            (0, 3, 3, 2), (input.ExitCode, file.ExitCode, folder.ExitCode, profile.ExitCode));
        Assert.Contains("is a folder", folder.Error, StringComparison.Ordinal);
    }
}
