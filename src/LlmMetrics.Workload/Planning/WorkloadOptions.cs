namespace LlmMetrics;

/// <summary>What to plan for.</summary>
public sealed record WorkloadOptions
{
    /// <summary>Numbers of users to plan for, 1 to 1,000,000 each.</summary>
    /// <value>20, 50 and 100.</value>
    public IReadOnlyList<long> Users { get; init; } = [20, 50, 100];

    /// <summary>95 % of the answers in the peak hour shall take at most so many milliseconds.</summary>
    /// <value>2000.</value>
    public double TargetP95Ms { get; init; } = 2000;

    /// <summary>Profiles of GPUs and models.</summary>
    /// <value>Those that come with the library.</value>
    public HardwareCatalogue Hardware { get; init; } = HardwareCatalogue.Embedded;

    /// <summary>Name of the GPU.</summary>
    /// <value>h100-80gb.</value>
    public string Gpu { get; init; } = "h100-80gb";

    /// <summary>Name of the model.</summary>
    /// <value>llama-3.1-8b.</value>
    public string Model { get; init; } = "llama-3.1-8b";

    /// <summary>How the weights are stored.</summary>
    /// <value>16 bits.</value>
    public Quantisation Quantisation { get; init; } = Quantisation.Fp16;

    /// <summary>Sequences that one replica works on at once, at most.</summary>
    /// <value>256, the usual setting of vLLM.</value>
    public int MaxSequences { get; init; } = 256;

    /// <summary>
    /// GPUs that hold one copy of the model together (tensor parallelism); null for the fewest that hold it.
    /// </summary>
    public int? GpusPerReplica { get; init; }

    /// <summary>Share of the GPU's memory that weights and cache may take; the rest is for activations.</summary>
    /// <value>0.9, the default of vLLM.</value>
    public double MemoryShare { get; init; } = 0.9;

    /// <summary>Share of the memory bandwidth that decoding reaches. The measured response time corrects it.</summary>
    /// <value>0.8.</value>
    public double BandwidthShare { get; init; } = 0.8;

    /// <summary>Share of the arithmetic that prefill reaches.</summary>
    /// <value>0.5.</value>
    public double ComputeShare { get; init; } = 0.5;

    /// <summary>Time per request outside the GPU (network, queueing in proxies) in milliseconds.</summary>
    /// <value>0.</value>
    public double OverheadMs { get; init; }

    /// <summary>Whether the measured mean response time sets the decode rate.</summary>
    /// <value>True.</value>
    public bool Calibrate { get; init; } = true;

    /// <summary>
    /// How unequal requests are where no histogram says it: standard deviation by mean of their tokens, log-normal.
    /// </summary>
    /// <value>0.5.</value>
    public double LengthVariation { get; init; } = 0.5;

    /// <summary>Index of dispersion of the requests where the data do not say it; 1 is Poisson.</summary>
    /// <value>1.</value>
    public double Dispersion { get; init; } = 1;

    /// <summary>Seed of the random numbers: the same seed gives the same plan.</summary>
    /// <value>1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>What a GPU costs per hour, in US dollars; null leaves out what owning costs.</summary>
    public double? GpuHourUsd { get; init; }

    /// <summary>Prices of providers; null leaves them out.</summary>
    /// <value>Those that come with the library.</value>
    public PriceCatalogue? Prices { get; init; } = PriceCatalogue.Embedded;

    /// <summary>The moment whose prices count, and the date of the report.</summary>
    /// <value>
    /// None: of prices that change with time, the first ones, and a report without a date. Set it to now.
    /// </value>
    public DateTimeOffset Date { get; init; }

    /// <summary>
    /// Of an hour with more requests than this, only so many are simulated, and fewer if the day has over 40,000,000
    /// (docs/planner.md has the error).
    /// </summary>
    /// <value>5,000,000.</value>
    public double MaxRequestsPerHour { get; init; } = 5_000_000;

    internal void ThrowIfInvalid()
    {
        if (Users.Count == 0)
        {
            throw new WorkloadException("--users", "--users is empty: give one or more numbers, such as 20,50,100");
        }

        foreach (var users in Users)
        {
            Range("--users", users, 1, 1_000_000);
        }

        Range("--target-p95-ms", TargetP95Ms, 1, 86_400_000);
        Range("--max-sequences", MaxSequences, 1, 100_000);
        Range("--gpus-per-replica", GpusPerReplica ?? 1, 1, 1024);
        Range("--memory-share", MemoryShare, 0.01, 1);
        Range("--bandwidth-share", BandwidthShare, 0.01, 1);
        Range("--compute-share", ComputeShare, 0.01, 1);
        Range("--overhead-ms", OverheadMs, 0, 86_400_000);
        Range("--length-variation", LengthVariation, 0, 10);
        Range("--dispersion", Dispersion, 1, 1000);
        Range("--gpu-hour-usd", GpuHourUsd ?? 1, 0.0001, 100_000);
        Range("MaxRequestsPerHour", MaxRequestsPerHour, 1000, 1e9);
    }

    private static void Range(string option, double value, double from, double to)
    {
        if (!(value >= from && value <= to))
        {
            throw new WorkloadException(
                option, FormattableString.Invariant($"{option} is {value}, but must be from {from} to {to}"));
        }
    }
}
