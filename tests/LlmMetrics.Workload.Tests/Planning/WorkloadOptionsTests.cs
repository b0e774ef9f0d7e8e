using Xunit;

namespace LlmMetrics.Workload.Planning;

/// <summary>What each option changes, and by how much.</summary>
public sealed class WorkloadOptionsTests
{
    private static readonly WorkloadOptions _usual = new() { Users = [20], Calibrate = false, Prices = null };
    private static readonly ServingSummary _serving = Serving(_usual);

    [Fact]
    public void OverheadMs_OfEachRequest_IsAddedToItsTime() =>
        Assert.Equal(_serving.AloneMeanMs + 100, Serving(_usual with { OverheadMs = 100 }).AloneMeanMs, 6);

    [Fact]
    public void BandwidthShare_Half_DecodesHalfAsFast() => Assert.Equal(
        _serving.DecodeTokensPerSecond / 2,
        Serving(_usual with { BandwidthShare = _usual.BandwidthShare / 2 }).DecodeTokensPerSecond,
        6);

    [Fact]
    public void ComputeShare_Half_PrefillsHalfAsFast() => Assert.Equal(
        _serving.PrefillTokensPerSecond / 2,
        Serving(_usual with { ComputeShare = _usual.ComputeShare / 2 }).PrefillTokensPerSecond,
        6);

    [Fact]
    public void MemoryShare_Less_LeavesLessForTheCache()
    {
        var less = Serving(_usual with { MemoryShare = _usual.MemoryShare - 0.3 });

        var bytes = (_serving.KvCapacityTokens - less.KvCapacityTokens) * _serving.KvBytesPerToken;
        Assert.Equal(0.3 * _serving.Gpu.MemoryGB * 1e9, bytes, 0);
    }

    [Fact]
    public void MaxSequences_Given_BoundsTheBatch() =>
        Assert.Equal(64, Serving(_usual with { MaxSequences = 64 }).MaxSequences);

    [Fact]
    public void GpusPerReplica_Two_HoldTheModelTogether()
    {
        var two = Serving(_usual with { GpusPerReplica = 2 });

        Assert.Equal((1, 2), (_serving.GpusPerReplica, two.GpusPerReplica));
        Assert.InRange(two.DecodeTokensPerSecond / _serving.DecodeTokensPerSecond, 1.5, 2);
    }

    [Theory]
    [InlineData(Quantisation.Fp16, 2)]
    [InlineData(Quantisation.Fp8, 1)]
    [InlineData(Quantisation.Weight8, 1)]
    [InlineData(Quantisation.Weight4, 0.5625)]
    public void Quantisation_OfWeights_GivesTheirBytes(Quantisation quantisation, double bytes)
    {
        var serving = Serving(_usual with { Quantisation = quantisation });

        Assert.Equal(bytes * serving.Model.Parameters / 1e9, serving.WeightsGB, 6);
    }

    [Fact]
    public void Dispersion_NotMeasured_IsTheOption()
    {
        var plan = WorkloadPlanner.Plan(Seed.Measurement, _usual with { Dispersion = 3 });

        Assert.Equal(3, plan.User.Dispersion);
    }

    [Fact]
    public void MeasuredUsers_Two_AreHalfADayEach()
    {
        var plan = WorkloadPlanner.Plan(Seed.Measurement with { MeasuredUsers = 2 }, _usual);

        Assert.Equal((225, 190), (plan.User.Messages, plan.User.Requests));
    }

    private static ServingSummary Serving(WorkloadOptions options) =>
        WorkloadPlanner.Plan(Seed.Measurement, options).Serving;
}
