using LlmMetrics.Workload.Simulation;

namespace LlmMetrics.Workload.Planning;

/// <summary>Changes one assumption at a time and plans again.</summary>
internal sealed class SensitivityTable(UserPlanner planner, Serving serving)
{
    public IReadOnlyList<SensitivityRow> For(long users, int? replicas)
    {
        var peak = planner.PeakOf(users);
        return
        [
            Row("requests per user", "-20 %", peak with { RequestsPerUserHour = peak.RequestsPerUserHour * 0.8 }),
            Row("requests per user", "+20 %", peak with { RequestsPerUserHour = peak.RequestsPerUserHour * 1.2 }),
            Row("share of the peak hour", "+50 %", peak with { RequestsPerUserHour = peak.RequestsPerUserHour * 1.5 }),
            Row("input tokens", "+100 %", With(load => load with { Input = load.Input.Scaled(2) })),
            Row("output tokens", "-20 %", With(load => load with { Output = load.Output.Scaled(0.8) })),
            Row("output tokens", "+20 %", With(load => load with { Output = load.Output.Scaled(1.2) })),
            Row("inequality of output lengths", "+50 %", With(load => load with { Output = load.Output.Spread(1.5) })),
            Row("inequality of output lengths", "-50 %", With(load => load with { Output = load.Output.Spread(0.5) })),
            Row("burstiness", "3 requests together", With(load => load with { Burst = Math.Max(3, load.Burst) })),
            Row("decode rate", "-20 %", peak with { Model = Slower(1 / 0.8) }),
            Row("decode rate", "+20 %", peak with { Model = Slower(1 / 1.2) }),
            Row("target P95", "-25 %", peak with { TargetSeconds = peak.TargetSeconds * 0.75 }),
            Row("target P95", "+25 %", peak with { TargetSeconds = peak.TargetSeconds * 1.25 }),
        ];

        PeakLoad With(Func<Load, Load> change) => peak with { Load = change(peak.Load) };

        ServingModel Slower(double factor) =>
            serving.Model with { DecodeFactor = serving.Model.DecodeFactor * factor };

        SensitivityRow Row(string assumption, string change, PeakLoad changed) =>
            Of(assumption, change, changed, replicas);
    }

    private SensitivityRow Of(string assumption, string change, PeakLoad peak, int? guess)
    {
        var alone = Serving.Alone(peak.Model, peak.Load).Quantile(0.95);
        var fits = peak.Model.KvCapacityTokens >= peak.Load.Input.Max + peak.Load.Output.Max;
        if (alone > peak.TargetSeconds || !fits)
        {
            return new SensitivityRow(assumption, change, null, alone * 1000);
        }

        var search = planner.Search(peak);
        return search.Fewest(guess, UserPlanner.Tolerance) is { } replicas
            ? new SensitivityRow(assumption, change, planner.Gpus(replicas), search.At(replicas).P95 * 1000)
            : new SensitivityRow(assumption, change, null, alone * 1000);
    }
}
