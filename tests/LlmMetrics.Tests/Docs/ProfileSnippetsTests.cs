using Microsoft.Extensions.DependencyInjection;

namespace LlmMetrics.Tests.Docs;

/// <summary>The code that docs/profiles.md shows.</summary>
public sealed class ProfileSnippetsTests
{
    [Fact]
    public async Task Snippets_Run_NameWhatThePageSays()
    {
        var services = new ServiceCollection();

        // snippet:both
        services.AddLlmMetrics()
            .AddProfile(MetricProfile.GenAi)
            .AddProfile(MetricProfile.Prefixed("shop"));
        // end-snippet

        // snippet:own
        var profile = MetricProfile.Create("voicebot", p =>
        {
            p.WithPrefix("voicebot");
            p.Counter(FactKind.LlmCall, "voicebot.groq.requests")
                .When(FactField.Provider, "groq")
                .Tag("model", FactField.ResponseModel, FactField.RequestModel);
            p.Histogram(FactKind.LlmCall, "voicebot.llm.response")
                .Unit("s").Buckets(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
                .Tag("task", FactField.Task);
            p.Counter(FactKind.AgentRun, "agent.{agent}.calls");
        });
        // end-snippet

        services.AddLlmMetrics().AddProfile(profile);
        await using var provider = services.BuildServiceProvider();
        var metrics = provider.GetRequiredService<LlmMetricsRuntime>();
        metrics.Record(new LlmCall
        {
            Provider = "groq",
            RequestModel = "llama",
            Task = "intent",
            Duration = TimeSpan.FromSeconds(1),
        });
        metrics.Record(new AgentRun { Agent = "pdf" });
        var snapshot = metrics.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("llm.calls"));
        Assert.Equal(1, snapshot.Sum("shop.llm.requests", ("model", "llama")));
        Assert.Equal(1, snapshot.Sum("voicebot.groq.requests", ("model", "llama")));
        Assert.Equal(1, snapshot.Sum("voicebot.llm.response", ("task", "intent")));
        Assert.Equal(1, snapshot.Sum("agent.pdf.calls"));
    }
}
