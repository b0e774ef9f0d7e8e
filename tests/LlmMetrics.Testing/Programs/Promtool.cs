using System.Text;

namespace LlmMetrics.Testing;

/// <summary>Asks <c>promtool</c> for its opinion.</summary>
public static class Promtool
{
    /// <summary>Lints a page in the classic text format.</summary>
    /// <param name="text">The page.</param>
    /// <returns>Exit code (0 clean, 3 lint findings, 1 unreadable) and the findings.</returns>
    public static async Task<PromtoolReport> CheckMetricsAsync(string text) =>
        Report(await RunAsync(["check", "metrics"], text));

    /// <summary>Checks files of recording and alerting rules.</summary>
    /// <param name="files">The files' paths.</param>
    /// <returns>Exit code and the findings.</returns>
    public static async Task<PromtoolReport> CheckRulesAsync(params string[] files) =>
        Report(await RunAsync(["check", "rules", "--lint=all", "--lint-fatal", .. files], ""));

    /// <summary>Runs files of rule tests.</summary>
    /// <param name="files">The files' paths.</param>
    /// <returns>Exit code and the findings.</returns>
    public static async Task<PromtoolReport> TestRulesAsync(params string[] files) =>
        Report(await RunAsync(["test", "rules", .. files], ""));

    private static Task<ProgramOutput> RunAsync(string[] arguments, string input) => ProgramRunner.RunAsync(
        ExternalPrograms.Require(ExternalPrograms.Promtool),
        arguments,
        Encoding.UTF8.GetBytes(input));

    private static PromtoolReport Report(ProgramOutput output) => new(
        output.ExitCode,
        [.. (output.Error + "\n" + output.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
}
