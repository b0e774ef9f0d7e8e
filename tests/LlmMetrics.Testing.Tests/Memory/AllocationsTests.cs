namespace LlmMetrics.Testing.Tests;

public sealed class AllocationsTests
{
    private object? _sink;

    [Fact]
    public void Measure_ActionWithoutAllocation_IsZero()
    {
        var sum = 0;
        Assert.Equal(0, Allocations.Measure(() => sum++));
        Assert.NotEqual(0, sum);
    }

    [Fact]
    public void Measure_OneArrayPerCall_CountsItsBytes() =>
        Assert.InRange(Allocations.Measure(() => _sink = new byte[100]), 100, 160);

    [Fact]
    public void Measure_RareAllocation_IsNotRoundedToZero()
    {
        var calls = 0;
        Assert.True(Allocations.Measure(() => _sink = ++calls % 500 == 0 ? new object() : _sink) > 0);
        Assert.NotNull(_sink);
    }
}
