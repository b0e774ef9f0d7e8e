using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Simulator.Behaviour;
using Simulator.OpenAi;

namespace Simulator.Http;

/// <summary>One request being answered: writes bytes, keeps the pace and notes what the client was told.</summary>
internal sealed class Exchange(HttpContext http, LedgerDraft draft, Pace pace, CancellationToken stopping)
{
    // Long enough for bytes written just before to leave the process: an abort throws away what still waits.
    private static readonly TimeSpan _abortGrace = TimeSpan.FromMilliseconds(100);

    private static readonly JsonSerializerOptions _json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public HttpContext Http => http;

    public LedgerDraft Draft => draft;

    public required ApiRequest Request { get; init; }

    public required RequestPlan Plan { get; init; }

    public long Created { get; init; }

    public SimulatedProvider Provider { get; init; }

    public static byte[] Encode(JsonNode body) => JsonSerializer.SerializeToUtf8Bytes(body, _json);

    public ValueTask WaitAsync(TimeSpan nominal) => pace.WaitAsync(nominal, http.RequestAborted);

    public Task SendJsonAsync(int status, JsonObject body) => SendAsync(status, "application/json", Encode(body));

    /// <summary>Sends a whole answer, or half of it where the plan breaks it off.</summary>
    public async Task SendAsync(int status, string contentType, byte[] bytes)
    {
        Start(status, contentType);
        http.Response.ContentLength = bytes.Length;
        if (Plan is { Status: null, StallAfter: > 0 } or { Status: null, AbortAfter: > 0 })
        {
            await WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await StallOrAbortAsync();
            return;
        }

        await WriteAsync(bytes);
        draft.Outcome = status < 400 ? LedgerOutcome.Completed : LedgerOutcome.Rejected;
    }

    public void StartStream() => Start(StatusCodes.Status200OK, "text/event-stream; charset=utf-8");

    /// <summary>Waits for the turn of a chunk of content.</summary>
    /// <returns>Whether the stream goes on.</returns>
    public async Task<bool> NextChunkAsync(int index)
    {
        if (Plan.StallAfter == index || Plan.AbortAfter == index)
        {
            await StallOrAbortAsync();
            return false;
        }

        if (index > 0 && index < Plan.ChunkCount)
        {
            await WaitAsync(Plan.ChunkDelay);
        }

        return true;
    }

    public Task SendEventAsync(JsonObject data, string? name = null) =>
        SendEventAsync(JsonSerializer.Serialize(data, _json), name);

    public async Task SendEventAsync(string data, string? name = null)
    {
        var bytes = SseFormat.Event(data, name, Plan.Style);
        if (Plan.Style.HasFlag(SseStyle.Split))
        {
            await WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await Task.Yield();
            await WriteAsync(bytes.AsMemory(bytes.Length / 2));
            return;
        }

        await WriteAsync(bytes);
    }

    /// <summary>Falls silent until the client leaves, or cuts the connection: whichever the plan says.</summary>
    public async Task StallOrAbortAsync()
    {
        if (Plan.StallAfter is not null)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
            await Task.Delay(Timeout.InfiniteTimeSpan, either.Token);
        }

        await Task.Delay(_abortGrace, CancellationToken.None);
        draft.Outcome = LedgerOutcome.AbortedByServer;
        http.Abort();
    }

    private void Start(int status, string contentType)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        // Checked before and not after: a client may rightly leave the moment it has the last byte.
        http.RequestAborted.ThrowIfCancellationRequested();
        draft.Status ??= http.Response.StatusCode;
        var flushed = await http.Response.BodyWriter.WriteAsync(bytes, CancellationToken.None);
        if (flushed.IsCompleted)
        {
            throw new OperationCanceledException("The client closed the connection.");
        }

        draft.Bytes += bytes.Length;
    }
}
