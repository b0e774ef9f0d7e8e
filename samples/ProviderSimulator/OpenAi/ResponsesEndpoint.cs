using Simulator.Behaviour;
using Simulator.Http;

namespace Simulator.OpenAi;

/// <summary>The Responses API, whole or as a stream of typed events.</summary>
internal static class ResponsesEndpoint
{
    public static Task ServeAsync(Exchange exchange) =>
        exchange.Request.Stream ? StreamAsync(exchange) : WholeAsync(exchange);

    private static async Task WholeAsync(Exchange exchange)
    {
        var plan = exchange.Plan;
        await exchange.WaitAsync(plan.FirstChunk + (plan.ChunkDelay * plan.ChunkCount));
        await exchange.SendJsonAsync(200, ResponsesPayload.Finished(exchange));
        if (exchange.Draft.Outcome == LedgerOutcome.Completed)
        {
            exchange.Draft.ServedModel = plan.ServedModel;
            exchange.Draft.FinishReason = plan.FinishReason;
            exchange.Draft.Told = plan.TellUsage ? plan.Tokens : null;
        }
    }

    private static async Task StreamAsync(Exchange exchange)
    {
        var plan = exchange.Plan;
        var events = new ResponsesEvents(exchange);
        await exchange.WaitAsync(plan.FirstChunk);
        exchange.StartStream();
        await events.OpenAsync();
        exchange.Draft.ServedModel = plan.ServedModel;
        var index = 0;
        foreach (var text in TextSource.Chunks(plan.TextSeed, plan.VisibleTokens, plan.TokensPerChunk))
        {
            if (!await GoOnAsync(exchange, events, index))
            {
                return;
            }

            await events.DeltaAsync(text);
            exchange.Draft.Chunks = ++index;
        }

        if (!await GoOnAsync(exchange, events, index))
        {
            return;
        }

        await events.CloseAsync();
        exchange.Draft.FinishReason = plan.FinishReason;
        exchange.Draft.Told = plan.TellUsage ? plan.Tokens : null;
        exchange.Draft.Outcome = LedgerOutcome.Completed;
    }

    private static async Task<bool> GoOnAsync(Exchange exchange, ResponsesEvents events, int index)
    {
        if (!await exchange.NextChunkAsync(index))
        {
            return false;
        }

        if (exchange.Plan.ErrorAfter != index)
        {
            return true;
        }

        await events.FailAsync();
        exchange.Draft.ErrorType = "server_error";
        exchange.Draft.Outcome = LedgerOutcome.FailedInStream;
        return false;
    }
}
