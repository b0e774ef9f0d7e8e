using Simulator.Behaviour;
using Simulator.Http;

namespace Simulator.OpenAi;

/// <summary>Chat completions, whole or streamed.</summary>
internal static class ChatEndpoint
{
    public static Task ServeAsync(Exchange exchange) =>
        exchange.Request.Stream ? StreamAsync(exchange) : WholeAsync(exchange);

    private static async Task WholeAsync(Exchange exchange)
    {
        var plan = exchange.Plan;
        await exchange.WaitAsync(plan.FirstChunk + (plan.ChunkDelay * plan.ChunkCount));
        await exchange.SendJsonAsync(200, ChatPayload.Whole(exchange));
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
        var draft = exchange.Draft;
        await exchange.WaitAsync(plan.FirstChunk);
        exchange.StartStream();
        if (exchange.Request.Route.Azure)
        {
            await exchange.SendEventAsync(ChatPayload.PromptFilter());
        }

        await exchange.SendEventAsync(ChatPayload.Opening(exchange));
        draft.ServedModel = plan.ServedModel;
        var index = 0;
        foreach (var text in TextSource.Chunks(plan.TextSeed, plan.VisibleTokens, plan.TokensPerChunk))
        {
            if (!await GoOnAsync(exchange, index))
            {
                return;
            }

            await exchange.SendEventAsync(ChatPayload.Content(exchange, text));
            draft.Chunks = ++index;
        }

        if (await GoOnAsync(exchange, index))
        {
            await EndAsync(exchange);
        }
    }

    private static async Task<bool> GoOnAsync(Exchange exchange, int index)
    {
        if (!await exchange.NextChunkAsync(index))
        {
            return false;
        }

        if (exchange.Plan.ErrorAfter != index)
        {
            return true;
        }

        var error = Errors.Body(exchange.Provider, 500, model: null);
        await exchange.SendEventAsync(error);
        exchange.Draft.ErrorType = Errors.TypeOf(exchange.Provider, error);
        exchange.Draft.Outcome = LedgerOutcome.FailedInStream;
        return false;
    }

    private static async Task EndAsync(Exchange exchange)
    {
        var plan = exchange.Plan;
        var draft = exchange.Draft;
        await exchange.SendEventAsync(ChatPayload.Finish(exchange));
        draft.FinishReason = plan.FinishReason;
        if (exchange.Request.IncludeUsage && plan.TellUsage)
        {
            await exchange.SendEventAsync(ChatPayload.Usage(exchange));
        }

        if (plan.TellUsage && (exchange.Request.IncludeUsage || exchange.Provider == SimulatedProvider.Groq))
        {
            draft.Told = plan.Tokens;
        }

        if (plan.SendDone)
        {
            await exchange.SendEventAsync("[DONE]");
        }

        draft.Outcome = LedgerOutcome.Completed;
    }
}
