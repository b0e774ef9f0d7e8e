using System.Text.RegularExpressions;
using LlmMetrics.Testing;
using LlmMetrics.Workload.Planning;
using Xunit;

namespace LlmMetrics.Workload.Output;

public sealed partial class PlanPageTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToHtml_InChromium_DrawsItsChartsWithoutErrors(bool dark)
    {
        var browser = Chromium.Require();
        var folder = Directory.CreateTempSubdirectory("llmmetrics-page-");
        var page = Path.Combine(folder.FullName, "plan.html");
        var picture = Path.Combine(folder.FullName, "plan.png");
        var plan = WorkloadPlanner.Plan(Seed.Measurement, new WorkloadOptions { GpuHourUsd = 2.5 });
        await File.WriteAllTextAsync(page, WorkloadReport.ToHtml(plan));

        var (dom, console) = await browser.OpenAsync(page, picture, dark: dark);

        Assert.Empty(console);
        Assert.Equal(3, ChartElement().Count(dom));
        var paths = LinePath().Matches(dom).Select(static match => match.Groups["d"].Value).ToList();
        Assert.True(paths.Count >= 3 * 3, $"only {paths.Count} lines");
        Assert.All(paths, static path => Assert.DoesNotMatch("NaN|Infinity", path));

        // A picture of nothing is a few kilobytes.
        Assert.True(new FileInfo(picture).Length > 40_000, $"{new FileInfo(picture).Length} bytes");
        folder.Delete(recursive: true);
    }

    [GeneratedRegex("<svg[^>]*class=\"chart\"", RegexOptions.None, 1000)]
    private static partial Regex ChartElement();

    [GeneratedRegex("<path class=\"c[1-6] line\" d=\"(?<d>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex LinePath();
}
