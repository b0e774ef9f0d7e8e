using System.Runtime.CompilerServices;

namespace LlmMetrics.Workload.Simulation;

/// <summary>
/// How fast one replica (one GPU, or several that hold one copy of the model together) serves: the time of a prefill
/// pass, the time of a decode step by what is in the batch, and what fits into its memory.
/// </summary>
internal sealed record ServingModel
{
    /// <summary>
    /// Seconds that a decode step needs to read the weights, by sequences in the batch; index 0 is unused.
    /// </summary>
    public required double[] WeightSeconds { get; init; }

    /// <summary>Seconds per token of context in the batch and step, for reading the key-value cache.</summary>
    public double KvSecondsPerToken { get; init; }

    /// <summary>Seconds of arithmetic per sequence in the batch and step.</summary>
    public double ComputeSecondsPerSequence { get; init; }

    /// <summary>Seconds of arithmetic per prompt token.</summary>
    public double PrefillSecondsPerToken { get; init; }

    /// <summary>Least time of a prefill pass: the weights are read once.</summary>
    public double PrefillFloorSeconds { get; init; }

    /// <summary>Prompt tokens that one prefill pass takes at most (a longer prompt goes alone).</summary>
    public double PrefillBudgetTokens { get; init; } = 8192;

    /// <summary>Time per request outside the GPU, in seconds.</summary>
    public double OverheadSeconds { get; init; }

    /// <summary>Tokens whose keys and values fit into the memory.</summary>
    public double KvCapacityTokens { get; init; } = double.PositiveInfinity;

    /// <summary>Sequences that are worked on at once, at most.</summary>
    public int MaxSequences => WeightSeconds.Length - 1;

    /// <summary>Factor on the time of decode steps, from the measured response time.</summary>
    public double DecodeFactor { get; init; } = 1;

    /// <summary>Time of one decode step: the slower of reading memory and arithmetic.</summary>
    public double StepSeconds(int sequences, double contextTokens) => DecodeFactor * Math.Max(
        WeightSeconds[sequences] + (contextTokens * KvSecondsPerToken), sequences * ComputeSecondsPerSequence);

    public double PrefillSeconds(double tokens) =>
        Math.Max(tokens * PrefillSecondsPerToken, PrefillFloorSeconds);

    /// <summary>The response time of a request that has the replica for itself.</summary>
    [MethodImpl(HotPath.Optimised)]
    public double AloneSeconds(double input, double output) =>
        OverheadSeconds + PrefillSeconds(input) + (Steps(output) * StepSeconds(1, input + (output / 2)));

    /// <summary>Decode steps of a request: the prefill pass gives the first token.</summary>
    public static double Steps(double output) => Math.Max(0, output - 1);

    /// <summary>Requests per second that a full replica finishes: what no load may exceed.</summary>
    public double Capacity(LengthTable input, LengthTable output)
    {
        var batch = (int)Math.Clamp(KvCapacityTokens / (input.Mean + output.Mean), 1, MaxSequences);

        // Who is found decoding is drawn by how long it decodes, so long answers weigh more.
        var context = input.Mean + (output.MeanSquare / output.Mean / 2);
        var decode = Steps(output.Mean) * StepSeconds(batch, batch * context) / batch;

        // So many requests end, and others begin, per step; those of one step share a prefill pass.
        var perStep = batch / Math.Max(1, Steps(output.Mean));
        var floor = PrefillFloorSeconds * (1 - Math.Exp(-perStep)) / perStep;
        var prefill = Math.Max(input.Mean * PrefillSecondsPerToken, floor);
        return 1 / (prefill + decode);
    }
}
