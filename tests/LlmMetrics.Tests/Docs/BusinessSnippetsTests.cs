using System.Diagnostics.Metrics;

namespace LlmMetrics.Tests.Docs;

/// <summary>The code that docs/business.md shows.</summary>
public sealed class BusinessSnippetsTests
{
    private readonly Queue<string> _queue = new(["waiting"]);

    [Fact]
    public void Snippets_Run_MeasureWhatThePageSays()
    {
        using var metrics = RuntimeBuilder.Create(MetricProfile.Prefixed("shop"));

        // snippet:own
        var questions = metrics.Business.Counter("questions", ["source", "language"]);
        questions.Add(1, "web", "fr");

        var feedback = metrics.Business.Counter("feedback", ["rating"]).Preset("positive").Preset("negative");
        feedback.Add(1, "positive");

        metrics.Business.Histogram("article.length", [500, 1000, 2000, 4000]).Record(1730);
        metrics.Business.Gauge("temperature", ["room"]).Set(21.5, "server");
        metrics.Business.ObservedGauge("queue.length", () => _queue.Count);
        metrics.Business.ObservedGauge("disk.free", () => DriveInfo.GetDrives().Select(drive =>
            new Measurement<double>(drive.AvailableFreeSpace, new KeyValuePair<string, object?>("drive", drive.Name))));
        // end-snippet

        // snippet:users
        metrics.Business.UserSeen("alice@example.com");
        // end-snippet

        // snippet:session
        using var session = metrics.Business.StartSession("visit");
        // end-snippet

        // snippet:revenue
        metrics.Business.RecordRevenue(29.90, plan: "pro");
        // end-snippet

        var snapshot = metrics.GetSnapshot();
        Assert.Equal(1, snapshot.Sum("shop.questions", ("source", "web"), ("language", "fr")));
        Assert.Equal(0, snapshot.Sum("shop.feedback", ("rating", "negative")));
        Assert.Equal(1, snapshot.Sum("shop.queue.length"));
        Assert.Equal(1, snapshot.Sum("shop.active_users"));
        Assert.Equal(1, snapshot.Sum("shop.active_sessions"));
        Assert.Equal(29.9, snapshot.Sum("shop.revenue.usd", ("plan", "pro")));
    }
}
