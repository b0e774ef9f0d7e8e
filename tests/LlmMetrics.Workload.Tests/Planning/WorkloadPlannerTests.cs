using Xunit;

namespace LlmMetrics.Workload.Planning;

public sealed class WorkloadPlannerTests
{
    // A small GPU that needs many: on it the numbers move.
    private static readonly WorkloadOptions _small = new()
    {
        Gpu = "l4-24gb",
        Quantisation = Quantisation.Weight8,
        Calibrate = false,
        TargetP95Ms = 200_000,
        Prices = null,
    };

    // Long answers: few requests make much work, and the cache is what limits the batch.
    private static readonly WorkloadMeasurement _long =
        Seed.Measurement with { OutputTokens = 570_000, MeanResponseMs = null };

    [Fact]
    public void Plan_DocumentedExample_GivesTheDocumentedFigures()
    {
        var plan = WorkloadPlanner.Plan(Seed.Measurement, new WorkloadOptions());

        Assert.Equal([20, 50, 100], plan.Users.Select(static u => u.Users));
        Assert.Equal([9_000, 22_500, 45_000], plan.Users.Select(static u => u.MessagesPerDay));
        Assert.Equal([7_600, 19_000, 38_000], plan.Users.Select(static u => u.RequestsPerDay));
        Assert.Equal([21.99, 54.98, 109.95], plan.Users.Select(static u => Math.Round(u.MeanTokensPerSecond, 2)));
        Assert.Null(plan.Unreachable);
        Assert.All(plan.Users, static user =>
        {
            Assert.True(user.Gpus >= 1);
            Assert.True(user.Peak!.Response.P95Ms <= 2000);
            Assert.InRange(user.Peak.Response.MeanMs, 850, 1000);
        });
        Assert.InRange(plan.Serving.AloneMeanMs, 845, 855);
    }

    [Fact]
    public void Plan_SameSeed_IsTheSamePlan()
    {
        var options = _small with { Users = [10, 200] };

        var one = WorkloadPlanner.Plan(_long, options);
        var other = WorkloadPlanner.Plan(_long, options);
        var third = WorkloadPlanner.Plan(_long, options with { Seed = 2 });

        Assert.Equal(one.Users.Select(static u => u.Peak), other.Users.Select(static u => u.Peak));
        Assert.Equal(one.Sensitivity, other.Sensitivity);
        Assert.NotEqual(one.Users[0].Peak, third.Users[0].Peak);
    }

    [Fact]
    public void Plan_MoreUsers_NeverNeedFewerGpus()
    {
        long[] users = [1, 10, 50, 100, 150, 200, 300, 500];

        var plan = WorkloadPlanner.Plan(_long, _small with { Users = users });

        var gpus = plan.Users.Select(static u => u.Gpus!.Value).ToList();
        Assert.Equal(gpus.Order(), gpus);
        Assert.True(gpus[^1] > gpus[0] + 3, string.Join(' ', gpus));
        Assert.All(plan.Users, static u => Assert.True(u.GpusInterval.Low <= u.Gpus && u.Gpus <= u.GpusInterval.High));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void At_MoreReplicas_NeverRaiseP95BeyondTheInterval(ulong seed)
    {
        var search = SearchFor(400, seed);
        var least = search.Peak.ThroughputBound;

        var points = Enumerable.Range(least, 12).Select(search.At).ToList();

        Assert.All(points.Zip(points.Skip(1)), static pair => Assert.True(
            pair.Second.P95 <= pair.First.P95
            || pair.Second.P95 - pair.First.P95 <= (pair.Second.High - pair.Second.Low) / 2,
            $"{pair.First} then {pair.Second}"));
        Assert.True(points[^1].P95 < points[0].P95);
    }

    [Theory]
    [InlineData(150)]
    [InlineData(420)]
    public void Plan_SmallGpus_AreConfirmedTokenByToken(long users)
    {
        var plan = WorkloadPlanner.Plan(_long, _small with { Users = [users] });
        var replicas = plan.Users[0].Replicas!.Value;

        var enough = BruteForceP95(users, replicas);
        var tooFew = replicas == 1 ? double.PositiveInfinity : BruteForceP95(users, replicas - 1);

        Assert.True(enough <= 200 * 1.03, $"{replicas} replicas: {enough} s");
        Assert.True(tooFew > 200 * 0.97, $"{replicas - 1} replicas: {tooFew} s");
        var planned = plan.Users[0].Peak!.Response.P95Ms / 1000;
        Assert.InRange(enough, planned * 0.93, planned * 1.07);
    }

    [Fact]
    public void Plan_ServiceAloneTooSlow_IsUnreachable()
    {
        var plan = WorkloadPlanner.Plan(Seed.Measurement, _small with { TargetP95Ms = 1000 });

        Assert.StartsWith("unreachable with this GPU and model", plan.Unreachable, StringComparison.Ordinal);
        Assert.All(plan.Users, static user => Assert.Null(user.Gpus));
        Assert.Equal(7_600, plan.Users[0].RequestsPerDay);
    }

    [Fact]
    public void Plan_ModelTooLarge_IsUnreachable()
    {
        var options = new WorkloadOptions { Model = "llama-3.1-405b", Gpu = "t4-16gb" };

        var plan = WorkloadPlanner.Plan(Seed.Measurement, options);

        Assert.Contains("812", plan.Unreachable, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_LargeModel_TakesSeveralGpusPerReplica()
    {
        var options = new WorkloadOptions { Model = "llama-3.3-70b", Calibrate = false, TargetP95Ms = 20_000 };

        var plan = WorkloadPlanner.Plan(Seed.Measurement, options);

        Assert.Equal(2, plan.Serving.GpusPerReplica);
        Assert.Equal(141.2, plan.Serving.WeightsGB, 6);
        Assert.Equal(327_680, plan.Serving.KvBytesPerToken);
        Assert.All(plan.Users, static user => Assert.Equal(2, user.Gpus));
    }

    [Fact]
    public void Plan_FasterThanPhysics_IsNotCalibrated()
    {
        var plan = WorkloadPlanner.Plan(
            Seed.Measurement with { MeanResponseMs = 200 }, new WorkloadOptions());

        Assert.Null(plan.Serving.CalibrationFactor);
        Assert.Contains(plan.Notes, static note => note.Contains("other hardware", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--llm-requests")]
    [InlineData("--input-tokens")]
    [InlineData("--output-tokens")]
    [InlineData("--messages")]
    [InlineData("--avg-response-ms")]
    [InlineData("--hours")]
    public void Plan_ZeroFigure_IsNamed(string figure)
    {
        foreach (var bad in new[] { 0, -1, double.NaN, double.PositiveInfinity })
        {
            var measured = figure switch
            {
                "--llm-requests" => Seed.Measurement with { Requests = bad },
                "--input-tokens" => Seed.Measurement with { InputTokens = bad },
                "--output-tokens" => Seed.Measurement with { OutputTokens = bad },
                "--messages" => Seed.Measurement with { Messages = bad },
                "--avg-response-ms" => Seed.Measurement with { MeanResponseMs = bad },
                _ => Seed.Measurement with { Hours = bad },
            };

            var error = Assert.Throws<WorkloadException>(() => WorkloadPlanner.Plan(measured, new WorkloadOptions()));

            Assert.Equal(figure, error.Figure);
            Assert.Contains(figure, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Plan_ShorterTest_IsTheBusiestHours()
    {
        var four = WorkloadPlanner.Plan(Seed.Measurement with { Hours = 4 }, new WorkloadOptions());
        var one = WorkloadPlanner.Plan(Seed.Measurement with { Hours = 1 }, new WorkloadOptions());

        Assert.Equal(380 * 9.4 / 4, four.User.Requests, 6);
        Assert.DoesNotContain(four.Notes, static note => note.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Contains(one.Notes, static note => note.StartsWith("Warning: 1 hours", StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_HoursCutToATenth_ChangeTheDayLittle()
    {
        var options = new WorkloadOptions { Users = [1000], Prices = null };

        var full = WorkloadPlanner.Plan(Seed.Measurement, options).Users[0];
        var cut = WorkloadPlanner.Plan(Seed.Measurement, options with { MaxRequestsPerHour = 4_000 }).Users[0];

        Assert.Equal(full.Gpus, cut.Gpus);
        Assert.InRange(cut.Day!.P95Ms, full.Day!.P95Ms * 0.97, full.Day.P95Ms * 1.03);
        Assert.InRange(cut.Day.MeanMs, full.Day.MeanMs * 0.97, full.Day.MeanMs * 1.03);
        Assert.All(full.Hours.Zip(cut.Hours), static pair => Assert.Equal(
            pair.First.TokensPerSecond, pair.Second.TokensPerSecond, pair.First.TokensPerSecond * 0.05));
    }

    private static ReplicaSearch SearchFor(long users, ulong seed)
    {
        var options = _small with { Seed = seed };
        var load = new Simulation.Load(
            Simulation.LengthTable.LogNormal(100, 0.5), Simulation.LengthTable.LogNormal(1500, 0.5));
        var serving = Serving.Of(options, _long, load);
        var day = Measurements.UserDay.Of(_long);
        var planner = new UserPlanner(options, day, serving, new ConfidenceInterval(1, 1), false,
            CancellationToken.None);
        return planner.Search(planner.PeakOf(users));
    }

    // An hour and a half of the peak, with lengths and arrivals drawn here, after twenty minutes that are not counted.
    private static double BruteForceP95(long users, int replicas)
    {
        var model = SearchFor(users, 1).Peak.Model;
        var server = new TokenByTokenServer(
            model.StepSeconds, model.PrefillSeconds, model.MaxSequences, model.KvCapacityTokens);
        var random = new Random(42);
        var rate = 380 / 9.4 / 3600 * users;
        var requests = new List<(double Arrival, double Input, double Output)>();
        for (var time = 0.0; time < 4800; time -= Math.Log(1 - random.NextDouble()) / rate)
        {
            requests.Add((time, LogNormal(random, 100), LogNormal(random, 1500)));
        }

        var warm = requests.Count(static r => r.Arrival < 1200);
        var responses = server.Serve(requests, replicas);
        var counted = responses.Skip(warm).Order().ToList();
        return counted[(int)(0.95 * counted.Count)];
    }

    private static double LogNormal(Random random, double mean)
    {
        const double sigma = 0.4723807; // sqrt(ln(1 + 0.5²))
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return mean * Math.Exp((sigma * normal) - (sigma * sigma / 2));
    }
}
