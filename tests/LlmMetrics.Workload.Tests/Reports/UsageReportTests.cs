using LlmMetrics.Workload.Sources;
using Xunit;

namespace LlmMetrics.Workload.Reports;

public sealed class UsageReportTests : IDisposable
{
    private static readonly DateTimeOffset _start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly MetricsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FromFolderAsync_TwoDays_SplitsByModelAndDay()
    {
        for (var hour = 1; hour <= 48; hour++)
        {
            _folder.Write(_start.AddHours(hour), "a", _start, hour, hour * 10, hour * 20);
        }

        var report = await UsageReport.FromFolderAsync(_folder.Path, new MeasurementOptions(), UsagePeriod.Day);

        var all = Assert.Single(report.Rows, static row => row is { Dimension: "all", Period: null });
        Assert.Equal((48, 0, 480, 960), (all.Calls, all.Errors, all.InputTokens, all.OutputTokens));
        Assert.Null(all.CostUsd);
        Assert.Null(all.MeanResponseMs);
        Assert.Equal([24, 24], report.Rows.Where(static row =>
            row is { Dimension: "model", Value: "m", Period: not null })
            .Select(static row => row.Calls));
        Assert.DoesNotContain(report.Rows, static row => row.Dimension == "agent");
    }

    [Fact]
    public async Task ToCsv_Report_IsOneLinePerRow()
    {
        _folder.Write(_start.AddHours(1), "a", _start, 1, 10, 20);
        var report = await UsageReport.FromFolderAsync(_folder.Path, new MeasurementOptions(), UsagePeriod.None);

        var lines = report.ToCsv().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("dimension,value,period,calls,errors,input_tokens,output_tokens,cost_usd,mean_response_ms",
            lines[0]);
        Assert.Equal("all,,,1,0,10,20,,", lines[1]);
        Assert.Equal("model,m,,1,0,,,,", lines[2]);
        Assert.Contains("<h1>Usage of language models</h1>", report.ToHtml(), StringComparison.Ordinal);
    }
}
