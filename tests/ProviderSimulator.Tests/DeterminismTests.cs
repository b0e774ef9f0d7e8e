namespace Simulator.Tests;

public sealed class DeterminismTests
{
    private const int Requests = 200;

    [Fact]
    public async Task Seed_SameRequestsInAnotherOrder_GivesTheSameLedger()
    {
        var first = await RunAsync(seed: 7, Enumerable.Range(0, Requests));
        var second = await RunAsync(seed: 7, Enumerable.Range(0, Requests).Reverse());

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Seed_Another_GivesAnotherLedger()
    {
        var first = await RunAsync(seed: 7, Enumerable.Range(0, Requests));
        var second = await RunAsync(seed: 8, Enumerable.Range(0, Requests));

        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Faults_Realistic_AreNearTheirRates()
    {
        await using var running = await Running.StartAsync(static o =>
        {
            o.Faults = FaultRates.Realistic;
            o.Faults.AbortedStream = 0;
        });
        for (var number = 0; number < 1000; number++)
        {
            using var response = await running.SendAsync(Running.Chat("gpt-4o", $"Question {number}", stream: false));
            await response.Content.ReadAsByteArrayAsync();
        }

        var entries = await running.EntriesAsync();
        Assert.InRange(entries.Count(static e => e.Status == 500), 5, 45);
        Assert.InRange(entries.Count(static e => e.RateLimited), 10, 60);
        Assert.InRange(entries.Count(static e => e.Status == 200 && e.InputTokens is null), 2, 30);
        Assert.True(entries.Select(static e => e.OutputTokens).Distinct().Count() > 50);
    }

    private static async Task<string[]> RunAsync(int seed, IEnumerable<int> numbers)
    {
        await using var running = await Running.StartAsync(o =>
        {
            o.Seed = seed;
            o.Faults = FaultRates.Realistic;
        });
        await Parallel.ForEachAsync(
            numbers,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (number, token) =>
            {
                // Every question is asked four times, as a client that retries would.
                using var response = await running.SendAsync(
                    Running.Chat("gpt-4o", $"Question {number % 50}", number % 2 == 0, usage: true), token: token);
                try
                {
                    await response.Content.ReadAsByteArrayAsync(token);
                }
                catch (HttpRequestException)
                {
                    // Streams that the server cuts are part of the ledger which is compared.
                }
            });
        return (await running.EntriesAsync())
            .Select(static e => (e with { Id = string.Empty, Duration = TimeSpan.Zero }).ToString())
            .Order(StringComparer.Ordinal)
            .ToArray();
    }
}
