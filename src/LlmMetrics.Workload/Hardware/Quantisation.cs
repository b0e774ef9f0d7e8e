namespace LlmMetrics;

/// <summary>In how many bits the weights are stored.</summary>
public enum Quantisation
{
    /// <summary>16 bits (FP16 or BF16): 2 bytes per parameter.</summary>
    Fp16,

    /// <summary>8 bits floating point: 1 byte, and 8-bit arithmetic where the GPU has it.</summary>
    Fp8,

    /// <summary>8 bits integer, weights only: 1 byte, arithmetic in 16 bits.</summary>
    Weight8,

    /// <summary>
    /// 4 bits, weights only (AWQ, GPTQ, MXFP4): 0.5625 bytes with their scales, arithmetic in 16 bits.
    /// </summary>
    Weight4,
}
