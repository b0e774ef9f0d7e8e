using Xunit;

namespace LlmMetrics.Testing;

/// <summary>A slow proof: skipped unless <c>tests/run.sh --long</c> (or LLMMETRICS_LONG=1) asks for it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    /// <summary>Initializes a new instance of the <see cref="LongFactAttribute"/> class.</summary>
    public LongFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("LLMMETRICS_LONG") != "1")
        {
            Skip = "slow proof: run with tests/run.sh --long";
        }
    }
}
