using System.Text;

namespace LlmMetrics.Workload.Output;

/// <summary>Writes a plan as an HTML page.</summary>
internal static class PlanPage
{
    private const int MaxLines = 6;

    public static string Write(WorkloadPlan plan)
    {
        var text = new StringBuilder();
        text.Append("<h1>Workload calculation</h1>\n<p class=\"lead").Append(plan.Unreachable is null ? "" : " bad")
            .Append("\">").Append(HtmlPage.Escape(Summary.Line(plan))).Append("</p>\n");
        Cards(text, plan);
        HtmlPage.Append(text, PlanTables.Measurement(plan));
        HtmlPage.Append(text, PlanTables.Projection(plan));
        if (plan.Unreachable is null)
        {
            HtmlPage.Append(text, PlanTables.Peak(plan));
            HtmlPage.Figure(text, "Load over the day", Day(plan), PlanTables.Day(plan));
            HtmlPage.Figure(text, "P95 in the busiest hour against GPUs", P95(plan), PlanTables.P95(plan));
        }

        if (plan.Providers.Count > 0)
        {
            HtmlPage.Figure(text, "Cost against users", Cost(plan), PlanTables.Providers(plan));
        }

        if (plan.CostCurve.Count > 0)
        {
            HtmlPage.Append(text, PlanTables.CostCurve(plan));
        }

        HtmlPage.Append(text, PlanTables.Sensitivity(plan));
        HtmlPage.Append(text, PlanTables.Hardware(plan));
        text.Append("<h2>Notes</h2>\n<ul class=\"notes\">\n");
        foreach (var note in plan.Notes.Concat(Summary.Formulas(plan)))
        {
            text.Append("<li>").Append(HtmlPage.Escape(note)).Append("</li>\n");
        }

        text.Append("</ul>\n");
        return HtmlPage.Write(
            "Workload calculation", text.ToString(),
            $"Written by llm-metrics workload, {Figures.Date(plan.Options.Date)}. Formulas: docs/planner.md.");
    }

    private static void Cards(StringBuilder text, WorkloadPlan plan)
    {
        text.Append("<div class=\"cards\">\n");
        foreach (var user in plan.Users.TakeLast(4))
        {
            var peak = user.Peak is { } hour
                ? $"P95 {Figures.Milliseconds(hour.Response.P95Ms)} ms, {Figures.Tenth(hour.MeanConcurrency)} in "
                    + $"progress at the peak"
                : $"{Figures.Rate(user.MeanTokensPerSecond)} tokens/s on average";
            text.Append("<div class=\"card\"><span>").Append(Figures.Whole(user.Users)).Append(" users</span><b>")
                .Append(user.Gpus is { } gpus ? $"{Figures.Whole(gpus)} GPU{(gpus == 1 ? "" : "s")}" : "unreachable")
                .Append("</b><span>").Append(HtmlPage.Escape(peak)).Append("</span></div>\n");
        }

        text.Append("</div>\n");
    }

    private static SvgChart Day(WorkloadPlan plan)
    {
        var lines = plan.Users.TakeLast(MaxLines).Select(static (user, i) => new ChartLine(
            $"{Figures.Whole(user.Users)} users",
            [.. user.Hours.Select(static hour => ((double)hour.Hour, hour.TokensPerSecond)),
                (24, user.Hours.Count > 0 ? user.Hours[^1].TokensPerSecond : 0)])
        {
            Colour = i + 1,
            IsStep = true,
        }).ToList();
        return new SvgChart(
            "Tokens per second over the day, by number of users",
            ChartAxis.Fixed("hour of the day (UTC)", 0, 3, 6, 9, 12, 15, 18, 21, 24),
            ChartAxis.Linear("tokens per second", 0, Top(lines)),
            lines);
    }

    private static SvgChart P95(WorkloadPlan plan)
    {
        var lines = plan.Users.TakeLast(MaxLines - 1).Select(static (user, i) =>
        {
            var points = user.P95ByGpus.Where(static p => p.P95Ms is not null).ToList();
            return new ChartLine($"{Figures.Whole(user.Users)} users",
                [.. points.Select(static p => ((double)p.Gpus, p.P95Ms!.Value))])
            {
                Colour = i + 1,
                HasDots = true,
                Intervals = [.. points.Select(static p => (p.Interval!.Value.Low, p.Interval.Value.High))],
            };
        }).Where(static line => line.Points.Count > 0).ToList();
        var all = lines.SelectMany(static line => line.Points).ToList();
        var (least, most) = (all.Min(static p => p.X), all.Max(static p => p.X));
        var target = plan.Options.TargetP95Ms;

        // One point far above says only that the GPUs hardly keep up; it must not flatten the rest.
        var top = Math.Min(all.Max(static p => p.Y), target * 2.5);
        var limit = new ChartLine(
            $"target, {Figures.Milliseconds(target)} ms",
                [(least, target), (Math.Max(most, least + 1), target)]) { IsLimit = true };
        return new SvgChart(
            "P95 of the response time in the busiest hour against the number of GPUs",
            most > 30 * least
                ? ChartAxis.Log("GPUs", least, most)
                : ChartAxis.Linear("GPUs", least == 1 ? 1 : least, most, 8, isWhole: true),
            ChartAxis.Linear("P95, ms", 0, Math.Max(top, target) * 1.05),
            [.. lines, limit]);
    }

    private static SvgChart Cost(WorkloadPlan plan)
    {
        var most = Math.Max(1000, plan.CostCurve.Count > 0 ? plan.CostCurve[^1].Users : plan.Users[^1].Users * 10.0);
        var providers = plan.Providers.Where(static p => p.IsSameModel).Take(4).ToList();
        if (providers.Count < 2)
        {
            providers = [.. providers, .. plan.Providers.Where(static p => !p.IsSameModel).Take(4 - providers.Count)];
        }

        var lines = providers.Select((provider, i) => new ChartLine(
            $"{provider.Provider}, {provider.Model}",
            [(1, provider.UsdPerUserMonth), (most, provider.UsdPerUserMonth * most)]) { Colour = i + 2 }).ToList();
        if (plan.CostCurve.Count > 0)
        {
            lines.Insert(0, new ChartLine(
                FormattableString.Invariant($"own GPUs at {plan.Options.GpuHourUsd:0.##} $/h"),
                [.. plan.CostCurve.Select(static point => ((double)point.Users, point.GpuMonthUsd))])
            {
                IsStep = true,
                HasDots = true,
            });
        }

        var all = lines.SelectMany(static line => line.Points).ToList();
        return new SvgChart(
            "US dollars per 30 days against the number of users",
            ChartAxis.Log("users", 1, most),
            ChartAxis.Log("US dollars per 30 days", Math.Max(0.01, all.Min(static p => p.Y)), all.Max(static p => p.Y)),
            lines);
    }

    private static double Top(List<ChartLine> lines) =>
        lines.SelectMany(static line => line.Points).Select(static p => p.Y).DefaultIfEmpty(1).Max() * 1.05;
}
