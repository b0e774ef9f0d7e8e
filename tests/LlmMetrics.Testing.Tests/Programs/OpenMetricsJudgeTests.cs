namespace LlmMetrics.Testing.Tests;

public sealed class OpenMetricsJudgeTests
{
    [SkippableFact]
    public async Task ReadOpenMetricsAsync_ValidPage_ReturnsFamilies()
    {
        var verdict = await OpenMetricsJudge.ReadOpenMetricsAsync("""
            # HELP answers Answers "so far".
            # TYPE answers counter
            answers_total{lang="de\n"} 3.0 # {trace_id="abc"} 1.0
            # EOF

            """.ReplaceLineEndings("\n"));
        Assert.Null(verdict.Error);
        var family = Assert.Single(verdict.Families);
        Assert.Equal(("answers", "counter", "Answers \"so far\"."), (family.Name, family.Type, family.Help));
        var sample = Assert.Single(verdict.Samples);
        Assert.Equal(("answers_total", "de\n", 3.0), (sample.Name, sample.Labels["lang"], sample.Value));
        Assert.Equal("abc", sample.ExemplarLabels!["trace_id"]);
    }

    [SkippableTheory]
    [InlineData("# TYPE answers counter\nanswers_total NaN\n# EOF\n")]
    [InlineData("# TYPE answers counter\nanswers_total 1\n")]
    [InlineData("")]
    public async Task ReadOpenMetricsAsync_PageAgainstTheRules_IsRefused(string page)
    {
        var verdict = await OpenMetricsJudge.ReadOpenMetricsAsync(page);
        Assert.False(verdict.IsAccepted);
        Assert.Empty(verdict.Families);
    }

    [SkippableFact]
    public async Task ReadTextAsync_SpecialValues_AreKept()
    {
        var verdict = await OpenMetricsJudge.ReadTextAsync("a NaN\nb +Inf\nc -Inf\nd 0.1\n");
        Assert.Equal(
            [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.1],
            verdict.Samples.Select(static sample => sample.Value));
    }

    [SkippableFact]
    public async Task ReadTextAsync_InvalidUtf8_IsRefused() =>
        Assert.False((await OpenMetricsJudge.ReadTextAsync(new byte[] { (byte)'a', 0xff, (byte)'\n' })).IsAccepted);
}
