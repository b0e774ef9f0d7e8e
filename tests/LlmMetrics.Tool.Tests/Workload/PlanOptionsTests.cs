using System.CommandLine;
using LlmMetrics.Tool.Workload;
using Xunit;

namespace LlmMetrics.Tool.Tests;

public sealed class PlanOptionsTests
{
    [Fact]
    public void Read_EveryOption_SetsItsProperty()
    {
        var read = Read(
            "--users 5,10 --target-p95-ms 11 --gpu g --model m --quantisation int4 --gpus-per-replica 2 "
            + "--max-sequences 3 --overhead-ms 4 --bandwidth-share 0.5 --compute-share 0.6 --memory-share 0.7 "
            + "--no-calibration --length-variation 0.8 --dispersion 9 --seed 12 --gpu-hour-usd 13 --date 2026-01-02");

        Assert.Equal([5L, 10L], read.Users);
        Assert.Equal(("g", "m", Quantisation.Weight4), (read.Gpu, read.Model, read.Quantisation));
        Assert.Equal((11, 2, 3, 4), (read.TargetP95Ms, read.GpusPerReplica, read.MaxSequences, read.OverheadMs));
        Assert.Equal((0.5, 0.6, 0.7), (read.BandwidthShare, read.ComputeShare, read.MemoryShare));
        Assert.Equal((0.8, 9, 12ul), (read.LengthVariation, read.Dispersion, read.Seed));
        Assert.Equal(13, read.GpuHourUsd);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), read.Date);
        Assert.False(read.Calibrate);
    }

    [Fact]
    public void Read_NoOption_IsThePackagesDefaults()
    {
        var defaults = new WorkloadOptions();

        var read = Read("");

        Assert.Equal(defaults.Users, read.Users);
        Assert.Equal(
            defaults with { Users = read.Users, Hardware = read.Hardware, Date = read.Date, Prices = read.Prices },
            read);
    }

    private static WorkloadOptions Read(string line)
    {
        var options = new PlanOptions();
        var command = new Command("workload");
        options.AddTo(command);
        var parsed = command.Parse(line);
        Assert.Empty(parsed.Errors);
        return options.Read(parsed);
    }
}
