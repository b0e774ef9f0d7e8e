using System.Text.Json;
using LlmMetrics.Testing;
using LlmMetrics.Workload.Planning;
using Xunit;

namespace LlmMetrics.Workload.Output;

public sealed class WorkloadReportTests
{
    private static readonly WorkloadOptions _options = new()
    {
        GpuHourUsd = 2.5,
        Date = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero),
    };

    private static readonly Lazy<WorkloadPlan> _plan =
        new(static () => WorkloadPlanner.Plan(Seed.Measurement, _options));

    [Fact]
    public void ToJson_Plan_HasTheDocumentedFigures()
    {
        using var json = JsonDocument.Parse(WorkloadReport.ToJson(_plan.Value));
        var root = json.RootElement;

        Assert.Equal(1, root.GetProperty("schema_version").GetInt32());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("unreachable").ValueKind);
        Assert.Equal(850, root.GetProperty("measurement").GetProperty("avg_response_ms").GetDouble());
        var twenty = root.GetProperty("plans")[0];
        Assert.Equal(9_000, twenty.GetProperty("messages_per_day").GetDouble());
        Assert.Equal(7_600, twenty.GetProperty("llm_requests_per_day").GetDouble());
        Assert.Equal(21.99, twenty.GetProperty("mean_tokens_per_second").GetDouble());
        Assert.Equal(24, twenty.GetProperty("hours").GetArrayLength());
        Assert.True(twenty.GetProperty("gpus").GetInt32() >= 1);
        Assert.True(twenty.GetProperty("ram_gb").GetDouble() > 0);
        Assert.True(root.GetProperty("costs").GetProperty("own_gpus").GetArrayLength() > 5);
    }

    [Fact]
    public void ToJson_SameSeed_IsTheSameText()
    {
        var again = WorkloadPlanner.Plan(Seed.Measurement, _options);

        Assert.Equal(WorkloadReport.ToJson(_plan.Value), WorkloadReport.ToJson(again));
        Assert.Equal(WorkloadReport.ToHtml(_plan.Value), WorkloadReport.ToHtml(again));
    }

    [Fact]
    public void ToLetter_English_IsFilledIn() => Snapshot.Verify(WorkloadReport.ToLetter(_plan.Value, "en"));

    [Fact]
    public void ToLetter_French_IsFilledIn() => Snapshot.Verify(WorkloadReport.ToLetter(_plan.Value, "fr"));

    [Fact]
    public void ToMarkdown_Plan_IsReadable() => Snapshot.Verify(WorkloadReport.ToMarkdown(_plan.Value));

    [Fact]
    public void ToHtml_Plan_LoadsNothingAndDrawsThreeCharts()
    {
        var page = WorkloadReport.ToHtml(_plan.Value);

        Assert.Equal(3, Count(page, "class=\"chart\""));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", page, StringComparison.Ordinal);
        Assert.Contains("@media print", page, StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_NamesWithMarkup_AreEscaped()
    {
        var plan = _plan.Value with { Measurement = Seed.Measurement with { Source = "<script>alert(1)</script>|x" } };

        Assert.DoesNotContain("<script", WorkloadReport.ToHtml(plan), StringComparison.Ordinal);
        Assert.Contains("\\<script\\>", WorkloadReport.ToMarkdown(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void ToHtml_Unreachable_SaysWhy()
    {
        var plan = WorkloadPlanner.Plan(Seed.Measurement, _options with { TargetP95Ms = 100 });

        Assert.Contains("Unreachable with this GPU and model", WorkloadReport.ToHtml(plan), StringComparison.Ordinal);
        Assert.Contains("hors d'atteinte", WorkloadReport.ToLetter(plan, "fr"), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(WorkloadReport.ToJson(plan));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("plans")[0].GetProperty("gpus").ValueKind);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
