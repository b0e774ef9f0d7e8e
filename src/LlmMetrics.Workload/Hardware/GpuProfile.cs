namespace LlmMetrics;

/// <summary>What a GPU can do, as its maker says. Figures are dense, without sparsity.</summary>
public sealed record GpuProfile
{
    /// <summary>Name, such as <c>h100-80gb</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Memory in gigabytes (10^9 bytes).</summary>
    public required double MemoryGB { get; init; }

    /// <summary>Memory bandwidth in gigabytes per second.</summary>
    public required double BandwidthGBPerSecond { get; init; }

    /// <summary>Matrix operations in 16 bits, in 10^12 per second.</summary>
    public required double Fp16Teraflops { get; init; }

    /// <summary>Matrix operations in 8 bits, in 10^12 per second; null if it has none for floating point.</summary>
    public double? Fp8Teraflops { get; init; }

    /// <summary>Where the figures are from.</summary>
    public required string Source { get; init; }

    /// <summary>When they were taken down.</summary>
    public DateOnly? Date { get; init; }
}
