using LlmMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Page;

public sealed class PageInChromiumTests
{
    private static readonly string[] _agents = ["planner", "researcher", "writer"];

    [SkippableTheory]
    [InlineData(false, 1200)]
    [InlineData(true, 1200)]
    [InlineData(false, 320)]
    public async Task Page_InChromium_ShowsFiguresChartsAndTables(bool dark, int width)
    {
        var browser = Chromium.Require();
        var time = new ManualTimeProvider();
        await using var server = await PageServer.StartAsync(time, build: static builder =>
            builder.Services.AddLlmMetrics().AddBudget("month", limitUsd: 2));
        Work(server.Metrics(), time);
        var folder = Directory.CreateTempSubdirectory("llmmetrics-page-");
        var picture = Path.Combine(Environment.GetEnvironmentVariable("LLMMETRICS_PICTURES") ?? folder.FullName,
            $"page-{(dark ? "dark" : "light")}-{width}.png");

        var (dom, console) = await browser.OpenAsync(new Uri(server.BaseAddress, "llm/"), picture, width, 1900, dark);

        Assert.Empty(console);
        Assert.Contains(">live<", dom, StringComparison.Ordinal);
        Assert.Equal(4, dom.Split("<canvas").Length - 1);
        Assert.Contains("By agent, since the start", dom, StringComparison.Ordinal);
        Assert.All(_agents, agent => Assert.Contains($">{agent}<", dom, StringComparison.Ordinal));
        Assert.Contains("gpt-4o-mini (openai)", dom, StringComparison.Ordinal);
        Assert.Contains("unknown", dom, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", dom, StringComparison.Ordinal);
        Assert.True(new FileInfo(picture).Length > 30_000, $"{new FileInfo(picture).Length} bytes");
        folder.Delete(recursive: true);
    }

    /// <summary>Five minutes of three agents, with errors, a model without a price and one of a hostile name.</summary>
    private static void Work(LlmMetricsRuntime metrics, ManualTimeProvider time)
    {
        var random = new Random(5);
        for (var step = 0; step < 60; step++)
        {
            for (var call = 0; call < 3 + (int)(2 * Math.Sin(step / 6.0)); call++)
            {
                var failed = random.Next(12) == 0;
                metrics.Record(new LlmCall
                {
                    Provider = "openai",
                    RequestModel = call == 0 ? "gpt-4o" : "gpt-4o-mini",
                    Agent = _agents[call % 3],
                    Workflow = "answer_question",
                    Feature = "chat",
                    Outcome = failed ? LlmOutcome.Error : LlmOutcome.Ok,
                    IsRateLimited = failed && random.Next(2) == 0,
                    InputTokens = failed ? null : random.Next(200, 3000),
                    OutputTokens = failed ? null : random.Next(50, 800),
                    Duration = TimeSpan.FromSeconds(0.4 + (random.NextDouble() * 3)),
                    TimeToFirstChunk = TimeSpan.FromSeconds(0.2 + random.NextDouble()),
                });
            }

            time.Advance(TimeSpan.FromSeconds(5));
        }

        metrics.Record(new LlmCall
        {
            Provider = "own", RequestModel = "<img src=x onerror=alert(1)>", InputTokens = 10, OutputTokens = 1,
        });
        metrics.Record(new LlmCall
        {
            Provider = "own", RequestModel = "silent", UsageMissing = UsageMissingReason.NotReported,
        });
    }
}
