namespace Simulator.Tests;

public sealed class ProviderSimulatorTests
{
    [Fact]
    public async Task StartAsync_WrongOptions_NamesEveryOne()
    {
        var options = new SimulatorOptions { Speed = 0, TokensPerChunk = 0 };
        options.Faults.Slow = double.NaN;

        var error = await Assert.ThrowsAsync<ArgumentException>(() => ProviderSimulator.StartAsync(options));

        Assert.Contains("Speed", error.Message, StringComparison.Ordinal);
        Assert.Contains("TokensPerChunk", error.Message, StringComparison.Ordinal);
        Assert.Contains("Faults.Slow", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_WithAStalledRequest_EndsIt()
    {
        var running = await Running.StartAsync();
        var sending = running.SendAsync(Running.Chat("gpt-4o", "Hi", stream: true), "stall-after=0");
        while (running.Simulator.Ledger.Begun == 0)
        {
            await Task.Yield();
        }

        await running.Simulator.DisposeAsync().AsTask().WaitAsync(Running.Patience);

        await Assert.ThrowsAsync<HttpRequestException>(() => sending);
        Assert.Equal(LedgerOutcome.AbortedByServer, Assert.Single(running.Simulator.Ledger.Entries).Outcome);
        await running.DisposeAsync();
    }

    [Fact]
    public async Task StartAsync_Delays_AreKept()
    {
        await using var running = await Running.StartAsync(static o => o.Speed = 1);
        using var response = await running.SendAsync(
            Running.Chat("gpt-4o", "Hi", stream: true), "first-ms=50; delay-ms=5; tokens=21");
        await response.Content.ReadAsByteArrayAsync();

        var entry = await running.SingleEntryAsync();
        Assert.InRange(entry.Duration, TimeSpan.FromMilliseconds(140), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Assembly_References_NoCodeUnderJudgement()
    {
        var references = typeof(ProviderSimulator).Assembly.GetReferencedAssemblies();

        Assert.DoesNotContain(references, static r => r.Name!.StartsWith("LlmMetrics", StringComparison.Ordinal));
        Assert.Contains(references, static r => r.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }
}
