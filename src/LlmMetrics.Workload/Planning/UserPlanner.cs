using LlmMetrics.Workload.Measurements;
using LlmMetrics.Workload.Simulation;

namespace LlmMetrics.Workload.Planning;

/// <summary>Plans for one number of users.</summary>
internal sealed class UserPlanner(
    WorkloadOptions options,
    UserDay day,
    Serving serving,
    ConfidenceInterval loadFactor,
    bool isUnreachable,
    CancellationToken cancellation)
{
    /// <summary>What is no plan but its neighbourhood is found to 2 %: one GPU below 100.</summary>
    public const double Tolerance = 0.02;

    private const double BytesPerGB = 1e9;
    private const double RamPerReplicaGB = 8;
    private const double RamPerGpuGB = 4;
    private const double EnoughRequests = 50_000;
    private const double ManyRequests = 40_000_000;
    private const int MaxDays = 200;
    private const double HoursPerMonth = 720;

    private readonly Dictionary<long, int?> _replicas = [];

    public double MonthUsd(int gpus) => gpus * HoursPerMonth * options.GpuHourUsd.GetValueOrDefault();

    public int Gpus(int replicas) => replicas * serving.GpusPerReplica;

    public PeakLoad PeakOf(long users) => new()
    {
        Model = serving.Model,
        Load = serving.Load,
        RequestsPerUserHour = day.Requests * day.PeakShare,
        Users = users,
        TargetSeconds = options.TargetP95Ms / 1000,
        Seed = options.Seed,
    };

    public ReplicaSearch Search(PeakLoad peak) => new(peak, options.MaxRequestsPerHour, cancellation);

    /// <summary>The fewest replicas for a number of users, remembered.</summary>
    public int? Replicas(long users, int? guess = null)
    {
        if (!_replicas.TryGetValue(users, out var replicas))
        {
            replicas = Search(PeakOf(users)).Fewest(guess);
            _replicas.Add(users, replicas);
        }

        return replicas;
    }

    public UserPlan Plan(long users)
    {
        var peak = PeakOf(users);
        var search = Search(peak);
        var fine = isUnreachable ? null : Confirm(peak, search);
        _replicas[users] = fine?.Replicas;
        var interval = fine is null ? (null, null) : GpusInterval(peak, fine.Replicas);
        var plan = Totals(users, peak, fine?.Replicas, interval);
        return fine is null ? plan : WithSimulation(plan, users, fine, Curve(search, fine.Replicas));
    }

    // The search is coarse; what it finds is confirmed with more requests, and raised if that finds it too few.
    private SimulationResult? Confirm(PeakLoad peak, ReplicaSearch search)
    {
        for (var replicas = search.Fewest(); replicas is { } count; replicas = count + 1)
        {
            var result = peak.Simulate(count, fine: true, options.MaxRequestsPerHour, cancellation);
            search.Confirm(result);
            if (result.Quantile(0.95).Value <= peak.TargetSeconds)
            {
                return result;
            }
        }

        return null;
    }

    private (int? Low, int? High) GpusInterval(PeakLoad peak, int replicas)
    {
        var low = With(loadFactor.Low);
        var high = With(loadFactor.High);
        return (low * serving.GpusPerReplica, high * serving.GpusPerReplica);

        int? With(double factor) => Search(
            peak with { RequestsPerUserHour = peak.RequestsPerUserHour * factor })
            .Fewest((int)Math.Max(1, Math.Round(replicas * factor)), Tolerance);
    }

    private List<GpuPoint> Curve(ReplicaSearch search, int replicas)
    {
        var step = Math.Max(1, replicas / 8);
        foreach (var count in Enumerable.Range(-2, 6).Select(i => replicas + (i * step)).Where(static c => c > 0))
        {
            search.At(count);
        }

        return [.. search.Seen.Where(seen => seen.Key >= replicas - (3 * step) && seen.Key <= replicas + (4 * step))
            .Select(seen => double.IsFinite(seen.Value.P95)
                ? new GpuPoint(
                    Gpus(seen.Key),
                    seen.Value.P95 * 1000,
                    new ConfidenceInterval(seen.Value.Low * 1000, seen.Value.High * 1000))
                : new GpuPoint(Gpus(seen.Key), null, null))];
    }

    private UserPlan Totals(long users, PeakLoad peak, int? replicas, (int? Low, int? High) interval) => new()
    {
        Users = users,
        MessagesPerDay = day.Messages * users,
        RequestsPerDay = day.Requests * users,
        InputTokensPerDay = day.InputTokens * users,
        OutputTokensPerDay = day.OutputTokens * users,
        Gpus = replicas is { } count ? Gpus(count) : null,
        Replicas = replicas,
        GpusInterval = interval,
        ThroughputGpus = Gpus(peak.ThroughputBound),
        MemoryGpus = serving.GpusPerReplica,
        BoundBy = replicas == 1 ? "memory" : replicas > peak.ThroughputBound ? "latency" : "throughput",
        IsBorderline = false,
        Peak = null,
        Day = null,
        Hours = [],
        P95ByGpus = [],
        VramNeededGB = null,
        VramInstalledGB = null,
        RamGB = null,
        GpuMonthUsd = replicas is { } owned && options.GpuHourUsd is not null ? MonthUsd(Gpus(owned)) : null,
    };

    private UserPlan WithSimulation(UserPlan plan, long users, SimulationResult peak, IReadOnlyList<GpuPoint> curve)
    {
        var replicas = peak.Replicas;
        var gpu = options.Hardware.FindGpu(options.Gpu);
        var (p95, low, high) = peak.Quantile(0.95);
        var wholeDay = SimulateDay(users, replicas);
        var cacheGB = Math.Max(peak.MaxReserved, wholeDay.MaxReserved) * serving.KvBytesPerToken / BytesPerGB;
        var weightsGB = serving.WeightsBytes / BytesPerGB;
        return plan with
        {
            IsBorderline = low <= options.TargetP95Ms / 1000 && high >= options.TargetP95Ms / 1000,
            Peak = PeakHourOf(peak, p95, low, high),
            Day = Times(wholeDay.All()),
            Hours = [.. Enumerable.Range(0, 24).Select(hour => HourOf(wholeDay, hour, users))],
            P95ByGpus = curve,
            VramNeededGB = ((replicas * weightsGB) + cacheGB) / options.MemoryShare,
            VramInstalledGB = Gpus(replicas) * gpu.MemoryGB,
            RamGB = (replicas * (weightsGB + RamPerReplicaGB)) + (Gpus(replicas) * RamPerGpuGB),
        };
    }

    private SimulationResult SimulateDay(long users, int replicas)
    {
        var requests = day.Requests * users;
        var days = (int)Math.Clamp(Math.Ceiling(EnoughRequests / requests), 1, MaxDays);
        var limit = options.MaxRequestsPerHour * Math.Min(1, ManyRequests / requests);
        var hours = day.HourShares.Select(share => share * day.Requests).ToList();
        var timeline = Timeline.Day(hours, users, limit, days);
        var arrivals = new ArrivalStream(timeline, serving.Load, users, options.Seed);
        return ServingSimulator.Run(serving.Model, replicas, arrivals, timeline, cancellation);
    }

    private PeakHour PeakHourOf(SimulationResult peak, double p95, double low, double high)
    {
        var seconds = Enumerable.Range(0, peak.Segments.Length).Sum(peak.Timeline.Seconds);
        var all = peak.All();
        return new PeakHour
        {
            Hour = day.PeakHour,
            Response = Times(all) with { P95Ms = p95 * 1000 },
            P95Interval = new ConfidenceInterval(low * 1000, high * 1000),
            RequestsPerSecond = all.Count / seconds,
            InputTokensPerSecond = peak.Segments.Sum(static s => s.InputTokens) / seconds,
            OutputTokensPerSecond = peak.Segments.Sum(static s => s.OutputTokens) / seconds,
            MeanConcurrency = all.Sum / seconds,
            MaxConcurrency = peak.Segments.Max(static s => s.MaxInSystem),
            MeanQueue = peak.Segments.Sum(static s => s.WaitSum) / seconds,
            MaxQueue = peak.Segments.Max(static s => s.MaxQueue),
            Utilisation = peak.Utilisation,
        };
    }

    private LoadHour HourOf(SimulationResult result, int hour, long users)
    {
        var segment = result.Segments[hour];
        var seconds = result.Timeline.Seconds(hour);
        var requests = day.HourShares[hour] * day.Requests * users;
        return new LoadHour
        {
            Hour = hour,
            Requests = requests,
            TokensPerSecond = (segment.InputTokens + segment.OutputTokens) / seconds,
            MeanConcurrency = result.MeanInSystem(hour),
            P95Ms = segment.Response.Count == 0 ? null : segment.Response.Quantile(0.95) * 1000,
        };
    }

    private static ResponseTimes Times(QuantileSketch sketch) => new(
        sketch.Quantile(0.5) * 1000, sketch.Quantile(0.95) * 1000, sketch.Quantile(0.99) * 1000, sketch.Mean * 1000);
}
