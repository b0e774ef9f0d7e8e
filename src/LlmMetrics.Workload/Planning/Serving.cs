using System.Globalization;
using LlmMetrics.Workload.Simulation;

namespace LlmMetrics.Workload.Planning;

/// <summary>Turns profiles of a GPU and a model, and what was measured, into what the simulation runs on.</summary>
internal sealed class Serving
{
    private const double BytesPerGB = 1e9;
    private const double Tera = 1e12;
    private const double KvBytesPerValue = 2;
    private const double ShardingEfficiency = 0.9;
    private const int MaxGpusPerReplica = 8;

    private readonly WorkloadOptions _options;
    private readonly GpuProfile _gpu;
    private readonly ModelProfile _model;

    private Serving(WorkloadOptions options)
    {
        _options = options;
        _gpu = options.Hardware.FindGpu(options.Gpu);
        _model = options.Hardware.FindModel(options.Model);
        WeightsBytes = _model.Parameters * BytesPerParameter(options.Quantisation);
        KvBytesPerToken = 2.0 * _model.Layers * _model.KvHeads * _model.HeadDimension * KvBytesPerValue;
    }

    public double WeightsBytes { get; }

    public double KvBytesPerToken { get; }

    public int GpusPerReplica { get; private set; }

    public double? CalibrationFactor { get; private set; }

    public required Load Load { get; init; }

    public ServingModel Model { get; private set; } = null!;

    /// <summary>Why no number of GPUs will do, or null.</summary>
    public string? Unreachable { get; private set; }

    public List<string> Notes { get; } = [];

    private double MaxContext => Load.Input.Max + Load.Output.Max;

    public static Serving Of(WorkloadOptions options, WorkloadMeasurement measured, Load load)
    {
        var serving = new Serving(options) { Load = load };
        serving.GpusPerReplica = options.GpusPerReplica ?? serving.FewestGpus();
        serving.Model = serving.Build();
        serving.CheckMemory();
        serving.Calibrate(measured);
        return serving;
    }

    public static double BytesPerParameter(Quantisation quantisation) => quantisation switch
    {
        Quantisation.Fp16 => 2,
        Quantisation.Weight4 => 0.5625,
        _ => 1,
    };

    /// <summary>The response times that requests have without any queue.</summary>
    public static QuantileSketch Alone(ServingModel model, Load load)
    {
        var sketch = new QuantileSketch();
        for (var i = 0; i < LengthTable.Size; i++)
        {
            // An odd step walks through all values of the other table: each is paired as if drawn independently.
            for (var j = 0; j < 16; j++)
            {
                var other = ((i * 1597) + (j * 257)) & (LengthTable.Size - 1);
                sketch.Add(model.AloneSeconds(load.Input.Values[other], load.Output.Values[i]));
            }
        }

        return sketch;
    }

    public ServingSummary Summary()
    {
        var alone = Alone(Model, Load);
        return new ServingSummary
        {
            Gpu = _gpu,
            Model = _model,
            Quantisation = _options.Quantisation,
            GpusPerReplica = GpusPerReplica,
            MaxSequences = Model.MaxSequences,
            WeightsGB = WeightsBytes / BytesPerGB,
            KvBytesPerToken = KvBytesPerToken,
            KvCapacityTokens = Model.KvCapacityTokens,
            DecodeTokensPerSecond = 1 / Model.StepSeconds(1, Load.Input.Mean + (Load.Output.Mean / 2)),
            PrefillTokensPerSecond = 1 / Model.PrefillSecondsPerToken,
            CalibrationFactor = CalibrationFactor,
            AloneMeanMs = alone.Mean * 1000,
            AloneP95Ms = alone.Quantile(0.95) * 1000,
            CapacityRequestsPerSecond = Model.Capacity(Load.Input, Load.Output),
        };
    }

    private double CapacityTokens(int gpus) =>
        ((gpus * _gpu.MemoryGB * BytesPerGB * _options.MemoryShare) - WeightsBytes) / KvBytesPerToken;

    private int FewestGpus()
    {
        var gpus = 1;
        while (gpus < MaxGpusPerReplica && CapacityTokens(gpus) < MaxContext)
        {
            gpus *= 2;
        }

        return gpus;
    }

    private ServingModel Build()
    {
        // Splitting a model costs communication: a tenth of the speed each time the number of GPUs doubles.
        var gpus = GpusPerReplica * Math.Pow(ShardingEfficiency, Math.Log2(GpusPerReplica));
        var bandwidth = gpus * _gpu.BandwidthGBPerSecond * BytesPerGB * _options.BandwidthShare;
        var eightBits = _options.Quantisation == Quantisation.Fp8 ? _gpu.Fp8Teraflops : null;
        var compute = gpus * (eightBits ?? _gpu.Fp16Teraflops) * Tera * _options.ComputeShare;
        var active = _model.ActiveParameters ?? _model.Parameters;
        var weights = new double[_options.MaxSequences + 1];
        for (var batch = 1; batch < weights.Length; batch++)
        {
            // Of a mixture of experts, a batch reads the experts that any of its sequences needs.
            var read = 1 - Math.Pow(1 - (active / _model.Parameters), batch);
            weights[batch] = WeightsBytes * read / bandwidth;
        }

        return new ServingModel
        {
            WeightSeconds = weights,
            KvSecondsPerToken = KvBytesPerToken / bandwidth,
            ComputeSecondsPerSequence = 2 * active / compute,
            PrefillSecondsPerToken = 2 * active / compute,
            PrefillFloorSeconds = WeightsBytes / bandwidth,
            OverheadSeconds = _options.OverheadMs / 1000,
            KvCapacityTokens = Math.Max(0, CapacityTokens(GpusPerReplica)),
        };
    }

    private void CheckMemory()
    {
        if (MaxContext > _model.ContextTokens)
        {
            Notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"The longest requests have about {MaxContext:N0} tokens, but {_model.Name} takes "
                    + $"{_model.ContextTokens:N0}: the model would refuse them."));
        }

        if (Model.KvCapacityTokens < MaxContext)
        {
            Unreachable = string.Create(CultureInfo.InvariantCulture,
                $"unreachable with this GPU and model: {GpusPerReplica} × {_gpu.Name} hold "
                    + $"{GpusPerReplica * _gpu.MemoryGB * _options.MemoryShare:0.#} GB for weights and cache, but "
                    + $"{_model.Name} needs {(WeightsBytes + (MaxContext * KvBytesPerToken)) / BytesPerGB:0.#} GB "
                            + $"with its longest request. Take a larger GPU, a smaller model or fewer bits "
                            + $"(--quantisation)");
        }
    }

    private void Calibrate(WorkloadMeasurement measured)
    {
        if (!_options.Calibrate || measured.MeanResponseMs is not { } response)
        {
            Notes.Add("The decode rate is the profile's: no mean response time was measured to calibrate it.");
            return;
        }

        var prefillAndDecode = Alone(Model, Load).Mean - Model.OverheadSeconds;
        var withoutDecode = Alone(Model with { DecodeFactor = 0 }, Load).Mean - Model.OverheadSeconds;
        var factor = ((response / 1000) - Model.OverheadSeconds - withoutDecode) / (prefillAndDecode - withoutDecode);
        if (!(factor >= _options.BandwidthShare))
        {
            Notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"The measured mean of {response:0.#} ms is faster than {_gpu.Name} can be with {_model.Name} even at "
                    + $"its full bandwidth, so it was measured on other hardware or another model. The decode rate is "
                    + $"the profile's, uncalibrated ({(Model.OverheadSeconds + prefillAndDecode) * 1000:0} ms)."));
            return;
        }

        if (factor > 3)
        {
            Notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"The measured mean of {response:0.#} ms is {factor:0.#} times slower than the profile of "
                    + $"{_gpu.Name}. If other work is in it (network, tools, a busy server), the plan asks for too "
                    + $"much: give --overhead-ms, or --no-calibration."));
        }

        CalibrationFactor = factor;
        Model = Model with { DecodeFactor = factor };
    }
}
