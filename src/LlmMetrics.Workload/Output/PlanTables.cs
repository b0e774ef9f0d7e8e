using System.Globalization;

namespace LlmMetrics.Workload.Output;

/// <summary>The tables of a plan.</summary>
internal static class PlanTables
{
    public static ReportTable Measurement(WorkloadPlan plan)
    {
        var measured = plan.Measurement;
        return new ReportTable(
            FormattableString.Invariant($"Measured ({Figures.Users(measured.MeasuredUsers)}, {measured.Hours:0.##} h)"),
            ["figure", "#value"],
            [
                ["source", measured.Source],
                ["messages", Figures.Whole(measured.Messages)],
                ["LLM requests", Figures.Whole(measured.Requests)],
                ["input tokens", Figures.Whole(measured.InputTokens)],
                ["output tokens", Figures.Whole(measured.OutputTokens)],
                ["tokens in all", Figures.Whole(measured.InputTokens + measured.OutputTokens)],
                ["mean response time, ms", measured.MeanResponseMs is { } ms ? Figures.Tenth(ms) : Figures.Unknown],
                ["requests per user and day", Interval(plan.User.Requests, plan.User.RequestsInterval)],
                ["output tokens per user and day", Interval(plan.User.OutputTokens, plan.User.OutputTokensInterval)],
                ["busiest hour", Hour(plan.User.PeakHour) + ", " + Figures.Percent(plan.User.PeakShare)
                    + " of the day"],
                ["load in it, measured = 1", FormattableString.Invariant(
                    $"{plan.User.LoadFactor.Low:0.00} to {plan.User.LoadFactor.High:0.00}")],
            ]);
    }

    public static ReportTable Projection(WorkloadPlan plan) => new(
        "Projection",
        ["#users", "#messages/day", "#LLM requests/day", "#tokens/day", "#tokens/s (mean)", "#GPUs",
            "GPUs, 95 % interval",
            "#RAM, GB", "#VRAM needed, GB", "#VRAM installed, GB"],
        [
            .. plan.Users.Select(static user => new[]
            {
                Figures.Whole(user.Users),
                Figures.Whole(user.MessagesPerDay),
                Figures.Whole(user.RequestsPerDay),
                Figures.Whole(user.InputTokensPerDay + user.OutputTokensPerDay),
                Figures.Rate(user.MeanTokensPerSecond),
                Figures.Gpus(user.Gpus),
                user.Gpus is null ? Figures.None : Figures.Range(user.GpusInterval.Low, user.GpusInterval.High),
                Figures.Tenth(user.RamGB),
                Figures.Tenth(user.VramNeededGB),
                Figures.Tenth(user.VramInstalledGB),
            }),
        ]);

    public static ReportTable Peak(WorkloadPlan plan) => new(
        "Busiest hour",
        ["#users", "#requests/s", "#tokens/s in", "#tokens/s out", "#p50, ms", "#p95, ms (95 % interval)", "#p99, ms",
            "#in progress, mean / max", "#waiting, mean / max", "#busy", "bound by"],
        [
            .. plan.Users.Where(static user => user.Peak is not null).Select(static user => (user, peak: user.Peak!))
                .Select(static item => new[]
                {
                    Figures.Whole(item.user.Users),
                    Figures.Rate(item.peak.RequestsPerSecond),
                    Figures.Tenth(item.peak.InputTokensPerSecond),
                    Figures.Tenth(item.peak.OutputTokensPerSecond),
                    Figures.Milliseconds(item.peak.Response.P50Ms),
                    P95(item.peak) + (item.user.IsBorderline ? ", borderline" : ""),
                    Figures.Milliseconds(item.peak.Response.P99Ms),
                    $"{Figures.Tenth(item.peak.MeanConcurrency)} / {Figures.Whole(item.peak.MaxConcurrency)}",
                    $"{Figures.Tenth(item.peak.MeanQueue)} / {Figures.Whole(item.peak.MaxQueue)}",
                    Figures.Percent(item.peak.Utilisation),
                    item.user.BoundBy,
                }),
        ]);

    public static ReportTable Hardware(WorkloadPlan plan)
    {
        var serving = plan.Serving;
        return new ReportTable("Hardware", ["what", "#value", "from"],
        [
            ["GPU", serving.Gpu.Name, $"{serving.Gpu.Source} ({Date(serving.Gpu.Date)})"],
            ["model", serving.Model.Name, $"{serving.Model.Source} ({Date(serving.Model.Date)})"],
            ["weights, GB", Figures.Tenth(serving.WeightsGB), "parameters × bytes per parameter, "
                + Quantised(serving.Quantisation)],
            ["GPUs per copy of the model", Figures.Whole(serving.GpusPerReplica),
                "weights and the longest request fit"],
            ["cache per token, KB", Figures.Tenth(serving.KvBytesPerToken / 1000),
                "2 × layers × key-value heads × head size × 2 bytes"],
            ["tokens that fit beside the weights", Figures.Whole(serving.KvCapacityTokens),
                FormattableString.Invariant($"({plan.Options.MemoryShare:0.##} × memory − weights) ÷ cache per token")],
            ["output tokens/s, one request alone", Figures.Tenth(serving.DecodeTokensPerSecond),
                serving.CalibrationFactor is { } factor
                    ? FormattableString.Invariant($"measured response time; {factor:0.00} × the profile's step time")
                    : "the profile, not calibrated"],
            ["input tokens/s", Figures.Whole(serving.PrefillTokensPerSecond), "arithmetic ÷ (2 × active parameters)"],
            ["mean response alone, ms", Figures.Milliseconds(serving.AloneMeanMs), "no queue, nobody else"],
            ["p95 alone, ms", Figures.Milliseconds(serving.AloneP95Ms), "no number of GPUs beats it"],
            ["requests/s of a full copy", Figures.Rate(serving.CapacityRequestsPerSecond), "throughput bound"],
        ]);
    }

    public static ReportTable Sensitivity(WorkloadPlan plan) => new(
        $"What the plan for {Figures.Whole(plan.Users[^1].Users)} users depends on",
        ["assumption", "change", "#GPUs", "#p95, ms"],
        [
            .. plan.Sensitivity.Select(static row => new[]
            {
                row.Assumption, row.Change, Figures.Gpus(row.Gpus), Figures.Milliseconds(row.P95Ms),
            }),
        ]);

    public static ReportTable Providers(WorkloadPlan plan)
    {
        var owned = plan.Users.Any(static user => user.GpuMonthUsd is not null);
        var rows = plan.Providers.Select(provider => new[]
        {
            provider.Provider,
            provider.Model + (provider.IsSameModel ? "" : " (the cheapest there)"),
        }.Concat(plan.Users.Select(user => Figures.Dollars(provider.UsdPerUserMonth * user.Users)))
            .Append(owned
                ? provider.CrossingUsers is { } users ? Figures.Whole(users) : "not below 1,000,000"
                : "needs --gpu-hour-usd")
            .ToArray()).ToList();
        if (owned)
        {
            rows.Add([
                "own GPUs", plan.Serving.Gpu.Name + FormattableString.Invariant(
                    $" at {plan.Options.GpuHourUsd:0.##} $/h"),
                .. plan.Users.Select(static user => Figures.Dollars(user.GpuMonthUsd)), Figures.None]);
        }

        return new ReportTable(
            "Cost in US dollars per 30 days",
            ["provider", "model", .. plan.Users.Select(static user => $"#{Figures.Whole(user.Users)} users"),
                "#own GPUs are cheaper from, users"],
            rows);
    }

    public static ReportTable Day(WorkloadPlan plan) => new(
        "Load over the day: tokens per second (UTC)",
        ["hour", .. plan.Users.Select(static user => $"#{Figures.Whole(user.Users)} users")],
        [
            .. Enumerable.Range(0, 24).Select(hour => plan.Users
                .Select(user => user.Hours.Count > hour ? Figures.Rate(user.Hours[hour].TokensPerSecond) : Figures.None)
                .Prepend(Hour(hour)).ToArray()),
        ]);

    public static ReportTable P95(WorkloadPlan plan) => new(
        "P95 in the busiest hour against GPUs",
        ["#users", "#GPUs", "#p95, ms", "95 % interval"],
        [
            .. plan.Users.SelectMany(static user => user.P95ByGpus.Select(point => new[]
            {
                Figures.Whole(user.Users),
                Figures.Whole(point.Gpus),
                point.P95Ms is { } p95 ? Figures.Milliseconds(p95) : "cannot keep up",
                point.Interval is { } interval
                    ? FormattableString.Invariant($"{interval.Low:#,0} to {interval.High:#,0}")
                    : Figures.None,
            })),
        ]);

    public static ReportTable CostCurve(WorkloadPlan plan) => new(
        "Own GPUs by users",
        ["#users", "#GPUs", "#US dollars per 30 days"],
        [
            .. plan.CostCurve.Select(static point => new[]
            {
                Figures.Whole(point.Users), Figures.Whole(point.Gpus), Figures.Dollars(point.GpuMonthUsd),
            }),
        ]);

    private static string P95(PeakHour peak) => FormattableString.Invariant(
        $"{peak.Response.P95Ms:#,0} ({peak.P95Interval.Low:#,0}–{peak.P95Interval.High:#,0})");

    public static string Hour(int hour) =>
        string.Create(CultureInfo.InvariantCulture, $"{hour:00}:00–{(hour + 1) % 24:00}:00");

    public static string Quantised(Quantisation quantisation) => quantisation switch
    {
        Quantisation.Fp8 => "fp8",
        Quantisation.Weight8 => "int8",
        Quantisation.Weight4 => "int4",
        _ => "fp16",
    };

    private static string Interval(double value, ConfidenceInterval interval) => FormattableString.Invariant(
        $"{value:#,0} ({interval.Low:#,0} to {interval.High:#,0})");

    private static string Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        ?? "undated";
}
