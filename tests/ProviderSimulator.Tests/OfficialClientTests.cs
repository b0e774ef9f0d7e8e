using System.ClientModel;
using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Responses;

namespace Simulator.Tests;

public sealed class OfficialClientTests
{
    [Fact]
    public async Task Chat_Whole_UsageEqualsLedger()
    {
        await using var running = await Running.StartAsync();

        ChatCompletion answer = await running.OpenAi().GetChatClient("gpt-4o-mini").CompleteChatAsync("How are you?");

        var entry = await running.SingleEntryAsync();
        Assert.Equal("gpt-4o-mini-2024-07-18", answer.Model);
        Assert.Equal("gpt-4o-mini", entry.RequestedModel);
        Assert.Equal(answer.Model, entry.ServedModel);
        Assert.Equal("/v1/chat/completions", entry.Path);
        Assert.Equal(answer.Usage.InputTokenCount, entry.InputTokens);
        Assert.Equal(answer.Usage.OutputTokenCount, entry.OutputTokens);
        Assert.Equal(0, entry.ReasoningTokens);
        Assert.Equal(10, entry.InputTokens);
        Assert.NotEmpty(answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.Equal(LedgerOutcome.Completed, entry.Outcome);
    }

    [Fact]
    public async Task Chat_Stream_UsageAndTextEqualLedgerAndWholeAnswer()
    {
        await using var running = await Running.StartAsync();
        var client = running.OpenAi().GetChatClient("o4-mini");
        var text = new System.Text.StringBuilder();
        ChatTokenUsage? usage = null;
        var chunks = 0;

        await foreach (var update in client.CompleteChatStreamingAsync("Tell me more."))
        {
            usage = update.Usage ?? usage;
            foreach (var part in update.ContentUpdate.Where(static p => p.Text.Length > 0))
            {
                text.Append(part.Text);
                chunks++;
            }
        }

        var entry = await running.SingleEntryAsync();
        Assert.NotNull(usage);
        Assert.Equal(usage.InputTokenCount, entry.InputTokens);
        Assert.Equal(usage.OutputTokenCount, entry.OutputTokens);
        Assert.Equal(usage.OutputTokenDetails.ReasoningTokenCount, entry.ReasoningTokens);
        Assert.True(entry.ReasoningTokens >= 64);
        Assert.Equal(chunks, entry.Chunks);
        Assert.Equal(chunks, text.ToString().Split(' ').Length);
        Assert.True(entry.Streamed);
        Assert.Equal(LedgerOutcome.Completed, entry.Outcome);
    }

    [Fact]
    public async Task Embeddings_TwoInputs_VectorsAndUsage()
    {
        await using var running = await Running.StartAsync();

        OpenAIEmbeddingCollection vectors = await running.OpenAi()
            .GetEmbeddingClient("text-embedding-3-small")
            .GenerateEmbeddingsAsync(["first text", "second"]);

        var entry = await running.SingleEntryAsync();
        Assert.Equal(2, vectors.Count);
        Assert.Equal(1536, vectors[0].ToFloats().Length);
        Assert.NotEqual(vectors[0].ToFloats().ToArray(), vectors[1].ToFloats().ToArray());
        Assert.Equal(vectors.Usage.InputTokenCount, entry.InputTokens);
        Assert.Equal(5, entry.InputTokens);
        Assert.Null(entry.OutputTokens);
        Assert.Equal("embeddings", entry.Operation);
    }

    [Fact]
    public async Task Responses_Whole_UsageEqualsLedger()
    {
        await using var running = await Running.StartAsync();

        ResponseResult answer = await running.OpenAi().GetResponsesClient().CreateResponseAsync("gpt-5", "Why?", null);

        var entry = await running.SingleEntryAsync();
        Assert.Equal("gpt-5-2025-08-07", answer.Model);
        Assert.Equal(ResponseStatus.Completed, answer.Status);
        Assert.Equal(answer.Usage.InputTokenCount, entry.InputTokens);
        Assert.Equal(answer.Usage.OutputTokenCount, entry.OutputTokens);
        Assert.Equal(answer.Usage.OutputTokenDetails.ReasoningTokenCount, entry.ReasoningTokens);
        Assert.IsAssignableFrom<MessageResponseItem>(Assert.Single(answer.OutputItems));
        Assert.Equal("responses", entry.Operation);
    }

    [Fact]
    public async Task Responses_Stream_TypedEventsInOrder()
    {
        await using var running = await Running.StartAsync();
        var updates = new List<StreamingResponseUpdate>();

        await foreach (var update in await running.OpenAi().GetResponsesClient()
            .CreateResponseStreamingAsync("gpt-4.1-mini", "Why?", null))
        {
            updates.Add(update);
        }

        var entry = await running.SingleEntryAsync();
        Assert.IsType<StreamingResponseCreatedUpdate>(updates[0]);
        var last = Assert.IsType<StreamingResponseCompletedUpdate>(updates[^1]);
        Assert.Equal(Enumerable.Range(0, updates.Count), updates.Select(static u => u.SequenceNumber));
        Assert.Equal(entry.Chunks, updates.OfType<StreamingResponseOutputTextDeltaUpdate>().Count());
        Assert.Equal(last.Response.Usage.InputTokenCount, entry.InputTokens);
        Assert.Equal(last.Response.Usage.OutputTokenCount, entry.OutputTokens);
    }

    [Fact]
    public async Task Responses_StreamOverTheLimit_IsIncomplete()
    {
        await using var running = await Running.StartAsync();
        var options = new CreateResponseOptions("gpt-4.1", [ResponseItem.CreateUserMessageItem("Why?")])
        {
            MaxOutputTokenCount = 3,
            StreamingEnabled = true,
        };
        StreamingResponseUpdate? last = null;

        await foreach (var update in await running.OpenAi().GetResponsesClient()
            .CreateResponseStreamingAsync(options))
        {
            last = update;
        }

        var entry = await running.SingleEntryAsync();
        Assert.IsType<StreamingResponseIncompleteUpdate>(last);
        Assert.Equal("length", entry.FinishReason);
        Assert.Equal(3, entry.OutputTokens);
    }

    [Fact]
    public async Task Chat_RateLimited_ClientSeesStatusAndLedgerSaysSo()
    {
        await using var running = await Running.StartAsync(static o => o.Faults.RateLimited = 1);
        var client = running.OpenAi().GetChatClient("gpt-4o");

        var error = await Assert.ThrowsAsync<ClientResultException>(() => client.CompleteChatAsync("Hello"));

        var entry = await running.SingleEntryAsync();
        Assert.Equal(429, error.Status);
        Assert.True(entry.RateLimited);
        Assert.Equal("rate_limit_exceeded", entry.ErrorType);
        Assert.Equal("gpt-4o", entry.RequestedModel);
        Assert.Null(entry.ServedModel);
        Assert.Null(entry.InputTokens);
        Assert.Equal(LedgerOutcome.Rejected, entry.Outcome);
    }

    [Fact]
    public async Task Chat_RetriedByTheClient_EachAttemptIsAnEntry()
    {
        await using var running = await Running.StartAsync(static o => o.Faults.ServerError = 1);
        var client = running.OpenAi(retries: 1).GetChatClient("gpt-4o");

        var error = await Assert.ThrowsAsync<ClientResultException>(() => client.CompleteChatAsync("Hello"));

        var entries = await running.EntriesAsync();
        Assert.Equal(500, error.Status);
        Assert.Equal(2, entries.Count);
    }

    [Fact]
    public async Task Models_List_NamesServedModels()
    {
        await using var running = await Running.StartAsync();

        var models = (await running.OpenAi().GetOpenAIModelClient().GetModelsAsync()).Value;

        Assert.Contains(models, static m => m.Id == "gpt-4o-mini-2024-07-18");
        Assert.Equal("models", (await running.SingleEntryAsync()).Operation);
    }
}
