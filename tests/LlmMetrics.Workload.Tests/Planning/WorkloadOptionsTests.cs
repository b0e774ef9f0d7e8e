using Xunit;

namespace LlmMetrics.Workload.Planning;

/// <summary>What each option changes, and by how much.</summary>
public sealed class WorkloadOptionsTests
{
    private static readonly WorkloadOptions s_usual = new() { Users = [20], Calibrate = false, Prices = null };
    private static readonly ServingSummary s_serving = Serving(s_usual);

    [Fact]
    public void OverheadMs_OfEachRequest_IsAddedToItsTime() =>
        Assert.Equal(s_serving.AloneMeanMs + 100, Serving(s_usual with { OverheadMs = 100 }).AloneMeanMs, 6);

    [Fact]
    public void BandwidthShare_Half_DecodesHalfAsFast() => Assert.Equal(
        s_serving.DecodeTokensPerSecond / 2,
        Serving(s_usual with { BandwidthShare = s_usual.BandwidthShare / 2 }).DecodeTokensPerSecond,
        6);

    [Fact]
    public void ComputeShare_Half_PrefillsHalfAsFast() => Assert.Equal(
        s_serving.PrefillTokensPerSecond / 2,
        Serving(s_usual with { ComputeShare = s_usual.ComputeShare / 2 }).PrefillTokensPerSecond,
        6);

    [Fact]
    public void MemoryShare_Less_LeavesLessForTheCache()
    {
        var less = Serving(s_usual with { MemoryShare = s_usual.MemoryShare - 0.3 });

        var bytes = (s_serving.KvCapacityTokens - less.KvCapacityTokens) * s_serving.KvBytesPerToken;
        Assert.Equal(0.3 * s_serving.Gpu.MemoryGB * 1e9, bytes, 0);
    }

    [Fact]
    public void MaxSequences_Given_BoundsTheBatch() =>
        Assert.Equal(64, Serving(s_usual with { MaxSequences = 64 }).MaxSequences);

    [Fact]
    public void GpusPerReplica_Two_HoldTheModelTogether()
    {
        var two = Serving(s_usual with { GpusPerReplica = 2 });

        Assert.Equal((1, 2), (s_serving.GpusPerReplica, two.GpusPerReplica));
        Assert.InRange(two.DecodeTokensPerSecond / s_serving.DecodeTokensPerSecond, 1.5, 2);
    }

    [Theory]
    [InlineData(Quantisation.Fp16, 2)]
    [InlineData(Quantisation.Fp8, 1)]
    [InlineData(Quantisation.Weight8, 1)]
    [InlineData(Quantisation.Weight4, 0.5625)]
    public void Quantisation_OfWeights_GivesTheirBytes(Quantisation quantisation, double bytes)
    {
        var serving = Serving(s_usual with { Quantisation = quantisation });

        Assert.Equal(bytes * serving.Model.Parameters / 1e9, serving.WeightsGB, 6);
    }

    [Fact]
    public void Dispersion_NotMeasured_IsTheOption()
    {
        var plan = WorkloadPlanner.Plan(Seed.Measurement, s_usual with { Dispersion = 3 });

        Assert.Equal(3, plan.User.Dispersion);
    }

    [Fact]
    public void MeasuredUsers_Two_AreHalfADayEach()
    {
        var plan = WorkloadPlanner.Plan(Seed.Measurement with { MeasuredUsers = 2 }, s_usual);

        Assert.Equal((225, 190), (plan.User.Messages, plan.User.Requests));
    }

    private static ServingSummary Serving(WorkloadOptions options) =>
        WorkloadPlanner.Plan(Seed.Measurement, options).Serving;
}
