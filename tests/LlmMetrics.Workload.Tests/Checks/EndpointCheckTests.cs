using Xunit;

namespace LlmMetrics.Workload.Checks;

public sealed class EndpointCheckTests
{
    private const string Good = """
        # HELP llm_calls_total Calls.
        # TYPE llm_calls_total counter
        llm_calls_total{provider="openai",model="gpt-4o",operation="chat"} 3
        # HELP d_seconds Durations.
        # TYPE d_seconds histogram
        d_seconds_bucket{le="1"} 1
        d_seconds_bucket{le="+Inf"} 3
        d_seconds_sum 4.5
        d_seconds_count 3

        """;

    [Fact]
    public void Run_GoodPage_FindsNothing() => Assert.Empty(EndpointCheck.Run(Good, new CheckOptions()));

    [Theory]
    [InlineData("x{a=\"b\"} nope\n", "'nope' is no number", 1)]
    [InlineData("x{a=\"b} 1\n", "has no end", 1)]
    [InlineData("x{a=\"1\",a=\"2\"} 1\n", "there twice", 1)]
    [InlineData("# HELP x X.\n# TYPE x counter\nx 1\n", "ends with _total", 3)]
    [InlineData("# HELP x_total X.\n# TYPE x_total counter\nx_total -1\n", "a counter is -1", 3)]
    [InlineData("# HELP x X.\n# TYPE x gauge\nx 1\nx 2\n", "the same series is there twice", 4)]
    [InlineData("# TYPE x gauge\nx 1\n", "no HELP", 2)]
    [InlineData("x 1\n", "no TYPE", 1)]
    [InlineData("", "no samples", null)]
    [InlineData("# HELP h H.\n# TYPE h histogram\nh_bucket{le=\"1\"} 5\nh_bucket{le=\"+Inf\"} 3\nh_sum 1\nh_count 3\n",
        "not cumulative", 4)]
    [InlineData("# HELP h H.\n# TYPE h histogram\nh_bucket{le=\"+Inf\"} 3\nh_sum 1\nh_count 4\n", "differ", 3)]
    [InlineData("# HELP h H.\n# TYPE h histogram\nh_bucket{le=\"1\"} 3\nh_sum 1\nh_count 3\n", "no bucket le=\"+Inf\"",
        3)]
    [InlineData("x 1\n# TYPE x gauge\n", "after its samples", 2)]
    [InlineData("# TYPE x gauge\n# EOF\nx 1\n", "after # EOF", 3)]
    public void Run_BadFormat_IsFoundWithItsLine(string page, string expected, int? line)
    {
        var findings = EndpointCheck.Run(page, new CheckOptions());

        Assert.Contains(findings, finding => finding.Rule == "format"
            && finding.Message.Contains(expected, StringComparison.Ordinal) && finding.Line == line);
    }

    [Fact]
    public void Run_ManySeries_AreFoundByMetricAndLabel()
    {
        var page = "# HELP x X.\n# TYPE x gauge\n"
            + string.Concat(Enumerable.Range(0, 30).Select(static i => $"x{{user=\"u{i}\"}} 1\n"));

        var findings = EndpointCheck.Run(page, new CheckOptions { MaxSeries = 20, MaxLabelValues = 10 });

        Assert.Equal(["x", "x{user}"], findings.Select(static f => f.Subject));
    }

    [Fact]
    public void Run_Profile_NamesWhatIsMissing()
    {
        var findings = EndpointCheck.Run(Good, new CheckOptions { Profile = "genai" });

        Assert.DoesNotContain(findings, static f => f.Subject == LlmCallsName);
        Assert.Contains(findings, static f => f is { Rule: "missing", Subject: "llm.tokens" });
        Assert.Throws<WorkloadException>(() => EndpointCheck.Run(Good, new CheckOptions { Profile = "nobody" }));
    }

    [Fact]
    public void Run_ModelWithoutPriceAndFoldedValues_AreFound()
    {
        var page = Good + "# HELP y Y.\n# TYPE y gauge\n"
            + "y{provider=\"my-vllm\",model=\"llama\"} 1\ny{provider=\"openai\",model=\"__other__\"} 1\n";

        var findings = EndpointCheck.Run(page, new CheckOptions());

        Assert.Equal(["my-vllm/llama", "y{model}"], findings.Select(static f => f.Subject));
    }

    private const string LlmCallsName = "llm.calls";
}
