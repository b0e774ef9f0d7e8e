using OpenAI.Chat;

namespace Simulator.Tests;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Ledger_TwoHundredAtOnce_EqualsWhatTheClientsSaw()
    {
        await using var running = await Running.StartAsync();
        var client = running.OpenAi().GetChatClient("gpt-4o-mini");

        var seen = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => AskAsync(client, number)));

        await running.EntriesAsync();
        var total = Assert.Single(running.Simulator.Ledger.Totals);
        Assert.Equal(200, running.Simulator.Ledger.Begun);
        Assert.Equal(200, total.Requests);
        Assert.Equal(LedgerOutcome.Completed, total.Outcome);
        Assert.Equal(seen.Sum(static s => s.Input), total.InputTokens);
        Assert.Equal(seen.Sum(static s => s.Output), total.OutputTokens);
    }

    private static async Task<(long Input, long Output)> AskAsync(ChatClient client, int number)
    {
        var question = $"Question number {number}";
        if (number % 2 == 0)
        {
            var answer = (await client.CompleteChatAsync(question)).Value;
            return (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount);
        }

        ChatTokenUsage? usage = null;
        await foreach (var update in client.CompleteChatStreamingAsync(question))
        {
            usage = update.Usage ?? usage;
        }

        return (usage!.InputTokenCount, usage.OutputTokenCount);
    }
}
