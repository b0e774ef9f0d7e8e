using System.Globalization;

namespace LlmMetrics.Workload.Output;

/// <summary>What every form of a report has in common.</summary>
internal static class Summary
{
    public static string Line(WorkloadPlan plan)
    {
        if (plan.Unreachable is { } reason)
        {
            return char.ToUpperInvariant(reason[0]) + reason[1..] + ".";
        }

        var gpus = plan.Users.Select(static user =>
            $"{Figures.Gpus(user.Gpus)} for {Figures.Whole(user.Users)} users "
                + $"({Figures.Range(user.GpusInterval.Low, user.GpusInterval.High)})");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"GPUs ({plan.Serving.Gpu.Name}, {plan.Serving.Model.Name}, "
                + $"{PlanTables.Quantised(plan.Serving.Quantisation)}) for a P95 below "
                + $"{plan.Options.TargetP95Ms:#,0} ms in the busiest hour, with the 95 % interval: "
                        + $"{string.Join(", ", gpus)}.");
    }

    public static IEnumerable<ReportTable> Tables(WorkloadPlan plan)
    {
        yield return PlanTables.Measurement(plan);
        yield return PlanTables.Projection(plan);
        if (plan.Unreachable is null)
        {
            yield return PlanTables.Peak(plan);
        }

        yield return PlanTables.Hardware(plan);
        yield return PlanTables.Sensitivity(plan);
        if (plan.Providers.Count > 0)
        {
            yield return PlanTables.Providers(plan);
        }

        if (plan.Unreachable is null)
        {
            yield return PlanTables.Day(plan);
            yield return PlanTables.P95(plan);
        }

        if (plan.CostCurve.Count > 0)
        {
            yield return PlanTables.CostCurve(plan);
        }
    }

    public static IEnumerable<string> Formulas(WorkloadPlan plan)
    {
        yield return "VRAM = (copies × weights + cache of the busiest moment) ÷ share of the memory for them. "
            + "RAM = copies × (weights + 8 GB) + GPUs × 4 GB: the weights are read through main memory.";
        yield return string.Create(CultureInfo.InvariantCulture,
            $"Random numbers: seed {plan.Options.Seed}; the same seed gives the same report. Written "
                + $"{Figures.Date(plan.Options.Date)}.");
        if (plan.Providers.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"List prices of {plan.Options.Prices?.DataDate:yyyy-MM-dd}, without discounts and taxes. Providers "
                    + $"choose their own hardware; their response times were not simulated.");
        }
    }
}
