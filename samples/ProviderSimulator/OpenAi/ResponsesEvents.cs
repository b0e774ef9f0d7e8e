using System.Text.Json.Nodes;
using Simulator.Behaviour;
using Simulator.Http;

namespace Simulator.OpenAi;

/// <summary>The typed events of one streamed response, numbered in order.</summary>
internal sealed class ResponsesEvents(Exchange exchange)
{
    private int _sequence;

    public async Task OpenAsync()
    {
        await SendAsync("response.created", new() { ["response"] = ResponsesPayload.Running(exchange) });
        await SendAsync("response.in_progress", new() { ["response"] = ResponsesPayload.Running(exchange) });
        await SendAsync("response.output_item.added", new()
        {
            ["output_index"] = 0,
            ["item"] = ResponsesPayload.Message(exchange, text: null, "in_progress"),
        });
        await SendAsync("response.content_part.added", Part(ResponsesPayload.Text(string.Empty)));
    }

    public Task DeltaAsync(string text)
    {
        var body = Position();
        body["delta"] = text;
        body["logprobs"] = new JsonArray();
        return SendAsync("response.output_text.delta", body);
    }

    public async Task CloseAsync()
    {
        var text = TextSource.Text(exchange.Plan.TextSeed, exchange.Plan.VisibleTokens);
        var done = Position();
        done["text"] = text;
        done["logprobs"] = new JsonArray();
        await SendAsync("response.output_text.done", done);
        await SendAsync("response.content_part.done", Part(ResponsesPayload.Text(text)));
        await SendAsync("response.output_item.done", new()
        {
            ["output_index"] = 0,
            ["item"] = ResponsesPayload.Message(exchange, text, ResponsesPayload.Status(exchange)),
        });
        await SendAsync(
            "response." + ResponsesPayload.Status(exchange),
            new() { ["response"] = ResponsesPayload.Finished(exchange) });
    }

    public Task FailAsync() =>
        SendAsync("response.failed", new() { ["response"] = ResponsesPayload.Failed(exchange) });

    private JsonObject Part(JsonObject part)
    {
        var body = Position();
        body["part"] = part;
        return body;
    }

    private JsonObject Position() => new()
    {
        ["item_id"] = ResponsesPayload.MessageId(exchange),
        ["output_index"] = 0,
        ["content_index"] = 0,
    };

    private Task SendAsync(string type, JsonObject body)
    {
        body.Insert(0, "type", type);
        body["sequence_number"] = _sequence++;
        return exchange.SendEventAsync(body, type);
    }
}
