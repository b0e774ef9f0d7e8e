namespace LlmMetrics.Profiles;

/// <summary>What business events become; no standard covers them.</summary>
internal static class BusinessInstruments
{
    /// <summary>The names of this library, part of both GenAI profiles.</summary>
    public static void AddTo(MetricProfileBuilder profile)
    {
        AddUsers(profile, "app.active_users");
        profile.UpDownCounter(FactKind.ActiveSession, "app.sessions.active")
            .Unit("{session}").Description("Sessions that are open.")
            .Tag("kind", FactField.Name).Tag("feature", FactField.Feature);
        profile.Histogram(FactKind.Session, "app.session.duration")
            .Unit("s").Description("Duration of sessions.").Buckets(GenAiBuckets.WorkflowSeconds)
            .Tag("kind", FactField.Name).Tag("feature", FactField.Feature);
        AddRevenue(profile, "app.revenue.usd");
    }

    /// <summary>The compact names under an app's own prefix.</summary>
    public static void AddTo(MetricProfileBuilder profile, string prefix)
    {
        AddUsers(profile, prefix + ".active_users");
        profile.UpDownCounter(FactKind.ActiveSession, prefix + ".active_sessions")
            .Unit("{session}").Description("Sessions that are open.");
        profile.Histogram(FactKind.Session, prefix + ".session.duration")
            .Unit("s").Description("Duration of sessions.").Buckets(GenAiBuckets.WorkflowSeconds);
        AddRevenue(profile, prefix + ".revenue.usd");
    }

    private static void AddUsers(MetricProfileBuilder profile, string name) =>
        profile.Gauge(FactKind.App, name, FactValue.ActiveUsers)
            .Unit("{user}")
            .Description("Distinct users that this process has seen lately: in five minutes by default.");

    private static void AddRevenue(MetricProfileBuilder profile, string name) =>
        profile.Counter(FactKind.Revenue, name, FactValue.RevenueUsd)
            .Unit("{usd}").Description("Money earned, in US dollars.").Tag("plan", FactField.Name);
}
