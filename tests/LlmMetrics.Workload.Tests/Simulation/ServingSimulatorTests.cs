using LlmMetrics.Testing;
using Xunit;

namespace LlmMetrics.Workload.Simulation;

public sealed class ServingSimulatorTests
{
    private const double Tolerance = 0.02;
    private const double Token = 0.001;
    private const double MeanTokens = 1000;

    // The first token comes with the prefill, which takes no time here.
    private static readonly double _exponentialService = Token * MeanTokens * Math.Exp(-1 / MeanTokens);

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.8)]
    public void Run_OneServer_AgreesWithMM1(double utilisation)
    {
        var rate = utilisation / _exponentialService;

        var result = Run(OneAtATime(), 1, rate, LengthTable.Exponential(MeanTokens), 1_500_000);

        var mean = _exponentialService / (1 - utilisation);
        Near(mean, result.All().Mean);
        Near(mean * Math.Log(20), result.All().Quantile(0.95));
        Near(mean * Math.Log(2), result.All().Quantile(0.5));
        Near(utilisation, result.Utilisation);
        Near(rate * mean, result.All().Sum / Counted(result));
    }

    [Theory]
    [InlineData(2, 0.8)]
    [InlineData(8, 0.8)]
    public void Run_ManyServers_AgreesWithErlangC(int servers, double utilisation) =>
        AgreesWithErlangC(servers, utilisation, 2_500_000);

    // Waits of a system this full are related over thousands of requests, so it takes this many for 2 % to be far
    // outside of what chance does.
    [LongFact]
    public void Run_FiftyServersNearlyFull_AgreesWithErlangC() => AgreesWithErlangC(50, 0.95, 40_000_000);

    [Fact]
    public void Run_FiftyServersNearlyFull_AgreesWithErlangCWithinTheStatisticalError()
    {
        const int servers = 50;
        const double utilisation = 0.95;
        var arrivals = utilisation * servers / _exponentialService;
        var wait = QueueingTheory.MeanResponse(servers, arrivals, _exponentialService) - _exponentialService;

        Assert.All([OneAtATime(), Constant(servers)], model =>
        {
            var replicas = servers / model.MaxSequences;
            var result = Run(model, replicas, arrivals, LengthTable.Exponential(MeanTokens), 2_000_000);
            var (mean, error) = MeanWait(result, arrivals * MeanTokens);

            Near(wait + _exponentialService, result.All().Mean);
            Assert.InRange(error / wait, 0, 1.5 * Tolerance);
            Near(wait, mean, 3 * error / wait);
        });
    }

    [Fact]
    public void Run_ConstantService_AgreesWithPollaczekAndKhinchine()
    {
        var service = Token * (MeanTokens - 1);
        var rate = 0.7 / service;

        var result = Run(OneAtATime(), 1, rate, LengthTable.Constant(MeanTokens), 500_000);

        Near(service + (0.7 * service / (2 * (1 - 0.7))), result.All().Mean);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.3)]
    public void Run_SharedProcessor_IsInsensitiveToTheDistribution(double variation)
    {
        // Each step takes as long as there are sequences: processor sharing, whose mean depends on the mean only.
        var model = new ServingModel
        {
            WeightSeconds = new double[2001],
            ComputeSecondsPerSequence = Token,
        };
        var service = Token * (MeanTokens - 1);

        var result = Run(model, 1, 0.7 / service, LengthTable.LogNormal(MeanTokens, variation), 1_500_000);

        Near(service / (1 - 0.7), result.All().Mean);
    }

    [Fact]
    public void Run_MoreThanItCanDo_SaysSo()
    {
        var result = Run(OneAtATime(), 1, 1.5 / _exponentialService, LengthTable.Exponential(MeanTokens), 200_000);

        Assert.True(result.IsOverloaded);
        Assert.Equal(double.PositiveInfinity, result.Quantile(0.95).Value);
    }

    [Fact]
    public void Run_QueueAtTheEnd_IsWorkedOffWithinTheTimeThatCounts()
    {
        var result = Run(OneAtATime(), 1, 1.2 / _exponentialService, LengthTable.Exponential(MeanTokens), 10_000);

        Assert.InRange(result.Utilisation, 0.95, 1);
    }

    [Fact]
    public void Run_CacheFull_QueuesThoughPlacesAreFree()
    {
        var model = Constant(100) with { KvCapacityTokens = 3500 };

        var result = Run(model, 1, 1.5, LengthTable.Constant(MeanTokens), 20_000);

        // Three answers of 1,001 tokens fit, so no more than three are worked on.
        Assert.True(result.MaxReserved <= 3500);
        Assert.True(result.Segments.Max(static s => s.MaxQueue) > 0);
    }

    [Fact]
    public void Run_Prefill_HoldsUpDecoding()
    {
        var model = Constant(10) with { PrefillSecondsPerToken = 0.01, PrefillFloorSeconds = 0.5 };

        Assert.Equal(0.5, model.PrefillSeconds(10));
        Assert.Equal(2, model.PrefillSeconds(200));
        var rare = Run(model, 1, 0.001, LengthTable.Constant(MeanTokens), 2_000);
        var often = Run(model, 1, 0.8, LengthTable.Constant(MeanTokens), 20_000);
        Near(0.5 + (Token * (MeanTokens - 1)), rare.All().Quantile(0.5));
        Assert.True(often.All().Mean > rare.All().Mean * 1.2);
    }

    [Fact]
    public void Run_SameSeed_IsTheSame()
    {
        var one = Run(OneAtATime(), 2, 1, LengthTable.Exponential(MeanTokens), 20_000);
        var other = Run(OneAtATime(), 2, 1, LengthTable.Exponential(MeanTokens), 20_000);

        Assert.Equal(one.All().Sum, other.All().Sum);
        Assert.Equal(one.Quantile(0.95), other.Quantile(0.95));
    }

    private static void AgreesWithErlangC(int servers, double utilisation, double requests)
    {
        var rate = utilisation * servers / _exponentialService;
        var expected = QueueingTheory.MeanResponse(servers, rate, _exponentialService);
        var mustWait = QueueingTheory.ErlangC(servers, rate * _exponentialService);

        Assert.All([OneAtATime(), Constant(servers)], model =>
        {
            var result = Run(
                model, servers / model.MaxSequences, rate, LengthTable.Exponential(MeanTokens), requests);

            Near(expected, result.All().Mean);
            Near(mustWait, Waited(result));
            Near(expected - _exponentialService, MeanWait(result, rate * MeanTokens).Mean);
        });
    }

    private static ServingModel OneAtATime() => Constant(1);

    private static ServingModel Constant(int places) =>
        new() { WeightSeconds = [.. Enumerable.Repeat(Token, places + 1)] };

    private static double Waited(SimulationResult result) =>
        result.Segments.Sum(static s => s.Waited) / (double)result.All().Count;

    // Control variate: the batches that by chance were given more work than on average waited longer. How much more
    // work all of them were given is known, so what it adds to the wait is taken off. The standard error is that of
    // the regression.
    private static (double Mean, double Error) MeanWait(SimulationResult result, double tokensPerSecond)
    {
        var batches = result.Segments
            .Select((s, i) => (Given: s.OutputTokens / result.Timeline.Seconds(i), Wait: s.WaitSum / s.Response.Count))
            .ToList();
        var given = batches.Average(static b => b.Given);
        var wait = batches.Average(static b => b.Wait);
        var spread = batches.Sum(b => (b.Given - given) * (b.Given - given));
        var slope = batches.Sum(b => (b.Given - given) * (b.Wait - wait)) / spread;
        var rest = batches.Sum(b => Math.Pow(b.Wait - wait - (slope * (b.Given - given)), 2)) / (batches.Count - 2);
        var off = given - tokensPerSecond;
        return (wait - (slope * off), Math.Sqrt(rest * ((1.0 / batches.Count) + (off * off / spread))));
    }

    private static double Counted(SimulationResult result) =>
        Enumerable.Range(0, result.Segments.Length).Sum(result.Timeline.Seconds);

    private static SimulationResult Run(
        ServingModel model, int replicas, double rate, LengthTable output, double requests)
    {
        var timeline = Timeline.Peak(rate * 3600, 1, requests, warmUpSeconds: 100);
        var load = new Load(LengthTable.Constant(1), output);
        var arrivals = new ArrivalStream(timeline, load, users: 1, seed: 7);
        return ServingSimulator.Run(model, replicas, arrivals, timeline, CancellationToken.None);
    }

    private static void Near(double expected, double actual, double tolerance = Tolerance) => Assert.True(
        Math.Abs(actual - expected) <= tolerance * Math.Abs(expected),
            $"expected {expected} ± {tolerance:P0}, got {actual}");
}
