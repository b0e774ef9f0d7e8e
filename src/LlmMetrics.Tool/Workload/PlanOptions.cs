using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LlmMetrics.Tool.Workload;

/// <summary>What is planned for.</summary>
internal sealed class PlanOptions
{
    // Made when first asked for: they read the price catalogue, which other verbs need not wait for.
    private static readonly Lazy<WorkloadOptions> _defaults = new(static () => new WorkloadOptions());

    private readonly Option<long[]?> _users = new("--users")
    {
        Description = "Numbers of users, 1 to 1,000,000 each; 20,50,100 if left out",
        HelpName = "N,N,…",
        CustomParser = ParseUsers,
    };

    private readonly Option<double?> _target = Numbers.Option(
        "--target-p95-ms", "Target of the P95 in the busiest hour; 2000 if left out");
    private readonly Option<string> _gpu = Text("--gpu", static () => _defaults.Value.Gpu, "The GPU");
    private readonly Option<string> _model = Text("--model", static () => _defaults.Value.Model, "The model");
    private readonly Option<string> _quantisation =
        Text("--quantisation", static () => "fp16", "The weights: fp16, fp8, int8 or int4");
    private readonly Option<long?> _gpusPerReplica = Numbers.Whole(
        "--gpus-per-replica", "GPUs per copy of the model; the fewest that hold it if left out");
    private readonly Option<long?> _maxSequences = Numbers.Whole(
        "--max-sequences", "Requests a copy works on at once; 256 if left out");
    private readonly Option<double?> _overhead = Numbers.Option(
        "--overhead-ms", "Time per request outside the GPU; 0 if left out");
    private readonly Option<double?> _bandwidth = Numbers.Option(
        "--bandwidth-share", "Share of the memory bandwidth that decoding reaches; 0.8 if left out");
    private readonly Option<double?> _compute = Numbers.Option(
        "--compute-share", "Share of the arithmetic that prefill reaches; 0.5 if left out");
    private readonly Option<double?> _memory = Numbers.Option(
        "--memory-share", "Share of the memory for weights and cache; 0.9 if left out");
    private readonly Option<bool> _noCalibration =
        new("--no-calibration") { Description = "Do not set the decode rate by the measured response time" };
    private readonly Option<double?> _variation = Numbers.Option(
        "--length-variation", "How unequal requests are without a histogram; 0.5 if left out");
    private readonly Option<double?> _dispersion = Numbers.Option(
        "--dispersion", "Burstiness of requests where the data do not say it; 1 (Poisson) if left out");
    private readonly Option<long?> _seed = Numbers.Whole("--seed", "Seed of the random numbers; 1 if left out");
    private readonly Option<double?> _gpuHour = Numbers.Option("--gpu-hour-usd", "What a GPU costs per hour", "USD");
    private readonly Option<FileInfo[]> _prices = PriceSources.Option();
    private readonly Option<string?> _hardware =
        new("--hardware") { Description = "Profiles of your own GPUs and models", HelpName = "FILE" };
    private readonly Option<DateTimeOffset?> _date = new("--date")
    {
        Description = "Date of the report and of the prices; now if left out",
        HelpName = "DATE",
        CustomParser = Moments.FromOption,
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _users, _target, _gpu, _model, _quantisation, _gpusPerReplica, _maxSequences, _overhead, _bandwidth,
            _compute, _memory, _noCalibration, _variation, _dispersion, _seed, _gpuHour, _prices, _hardware, _date,
        })
        {
            command.Options.Add(option);
        }
    }

    public WorkloadOptions Read(ParseResult parsed) => _defaults.Value with
    {
        Users = parsed.GetValue(_users) is { Length: > 0 } users ? users : _defaults.Value.Users,
        TargetP95Ms = parsed.GetValue(_target) ?? _defaults.Value.TargetP95Ms,
        Hardware = parsed.GetValue(_hardware) is { } file
            ? HardwareCatalogue.Embedded.With(HardwareCatalogue.Load(file))
            : HardwareCatalogue.Embedded,
        Gpu = parsed.GetRequiredValue(_gpu),
        Model = parsed.GetRequiredValue(_model),
        Quantisation = Bits(parsed.GetRequiredValue(_quantisation)),
        GpusPerReplica = Count(parsed.GetValue(_gpusPerReplica)),
        MaxSequences = Count(parsed.GetValue(_maxSequences)) ?? _defaults.Value.MaxSequences,
        OverheadMs = parsed.GetValue(_overhead) ?? _defaults.Value.OverheadMs,
        BandwidthShare = parsed.GetValue(_bandwidth) ?? _defaults.Value.BandwidthShare,
        ComputeShare = parsed.GetValue(_compute) ?? _defaults.Value.ComputeShare,
        MemoryShare = parsed.GetValue(_memory) ?? _defaults.Value.MemoryShare,
        Calibrate = !parsed.GetValue(_noCalibration),
        LengthVariation = parsed.GetValue(_variation) ?? _defaults.Value.LengthVariation,
        Dispersion = parsed.GetValue(_dispersion) ?? _defaults.Value.Dispersion,
        Seed = unchecked((ulong)(parsed.GetValue(_seed) ?? 1)),
        GpuHourUsd = parsed.GetValue(_gpuHour),
        Prices = PriceSources.Load(parsed.GetValue(_prices)),
        Date = parsed.GetValue(_date) ?? TimeProvider.System.GetUtcNow(),
    };

    private static int? Count(long? value) =>
        value is { } number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;

    private static Option<string> Text(string name, Func<string> value, string description) => new(name)
    {
        Description = description,
        HelpName = "NAME",
        DefaultValueFactory = _ => value(),
    };

    private static Quantisation Bits(string text) => text.ToUpperInvariant() switch
    {
        "FP16" or "BF16" => Quantisation.Fp16,
        "FP8" => Quantisation.Fp8,
        "INT8" => Quantisation.Weight8,
        "INT4" => Quantisation.Weight4,
        _ => throw new ToolException(
            ExitCode.Usage, $"--quantisation '{text}' is not known; take fp16, fp8, int8 or int4"),
    };

    private static long[]? ParseUsers(ArgumentResult result)
    {
        var users = new List<long>();
        foreach (var text in result.Tokens.SelectMany(static token => token.Value.Split(',')))
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            {
                result.AddError($"--users: '{text}' is no number of users; write them like 20,50,100");
                return null;
            }

            users.Add(count);
        }

        return [.. users];
    }
}
