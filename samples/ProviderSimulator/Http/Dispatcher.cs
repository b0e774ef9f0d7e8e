using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Simulator.Audio;
using Simulator.Behaviour;
using Simulator.OpenAi;

namespace Simulator.Http;

/// <summary>Takes every request: enters it in the ledger, plans it, and hands it to its endpoint.</summary>
internal sealed class Dispatcher(SimulatorOptions options, Ledger ledger, CancellationToken stopping)
{
    private readonly Planner _planner = new(options);

    public async Task HandleAsync(HttpContext http)
    {
        if (http.Request.Path == LedgerPage.Path && HttpMethods.IsGet(http.Request.Method))
        {
            await LedgerPage.WriteAsync(http, ledger);
            return;
        }

        var draft = ledger.Begin(http.Request.Path.Value ?? string.Empty);
        try
        {
            await ServeAsync(http, draft);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            draft.Outcome = stopping.IsCancellationRequested
                ? LedgerOutcome.AbortedByServer
                : LedgerOutcome.ClientGone;
            http.Abort();
        }
        catch (OperationCanceledException)
        {
            // A flush noticed the closed connection before the request's token did.
            draft.Outcome = LedgerOutcome.ClientGone;
            http.Abort();
        }
        finally
        {
            ledger.Finish(draft);
        }
    }

    private async Task ServeAsync(HttpContext http, LedgerDraft draft)
    {
        var route = ApiRoute.Parse(http.Request.Path.Value ?? string.Empty);
        draft.Operation = route.Name;
        var number = ledger.Begun;
        if (route.Operation is ApiOperation.Models or ApiOperation.Unknown)
        {
            ResponseHeaders.Write(http, options.Provider, draft.Id, number, inputTokens: 0, limited: false);
            var served = Plain(http, draft, route);
            await (route.Operation == ApiOperation.Models
                ? ModelsEndpoint.ServeAsync(served)
                : RejectAsync(served, 404, Errors.Body(
                    options.Provider, "Unknown path.", "invalid_request_error", code: null)));
            return;
        }

        var (request, problem) = await ReadAsync(http, route);
        draft.Streamed = request?.Stream ?? false;
        var (model, directives) = Forced(http, request);
        draft.RequestedModel = route.Deployment ?? request?.Model;
        problem ??= directives.Problem;
        if (request is null || problem is not null || model is null || request.Inputs == 0)
        {
            ResponseHeaders.Write(http, options.Provider, draft.Id, number, inputTokens: 0, limited: false);
            var message = problem ?? (model is null ? "you must provide a model parameter" : "The input is missing.");
            await RejectAsync(
                Plain(http, draft, route),
                400,
                Errors.Body(options.Provider, message, "invalid_request_error", code: null));
            return;
        }

        var plan = _planner.Plan(request, model, directives.Read);
        ResponseHeaders.Write(
            http, options.Provider, draft.Id, number, request.InputTokens, plan.Status == 429);
        await AnswerAsync(new Exchange(http, draft, NewPace(), stopping)
        {
            Request = request,
            Plan = plan,
            Provider = options.Provider,
            Created = options.TimeProvider.GetUtcNow().ToUnixTimeSeconds(),
        });
    }

    private async Task AnswerAsync(Exchange exchange)
    {
        var plan = exchange.Plan;
        if (plan is { Status: null, StallAfter: 0 } or { Status: null, AbortAfter: 0 })
        {
            await exchange.StallOrAbortAsync();
            return;
        }

        if (plan.IsTooLong)
        {
            var message = $"This model's maximum context length is {options.ContextTokens} tokens.";
            await RejectAsync(exchange, 400, Errors.Body(
                options.Provider, message, "invalid_request_error", "context_length_exceeded"));
            return;
        }

        if (plan.Status is { } status)
        {
            await exchange.WaitAsync(plan.FirstChunk / 4);
            if (status is 429 or 503)
            {
                ResponseHeaders.WriteRetryAfter(exchange.Http, options.RetryAfter / options.Speed);
            }

            await RejectAsync(exchange, status, Errors.Body(options.Provider, status, exchange.Draft.RequestedModel));
            return;
        }

        await (exchange.Request.Route.Operation switch
        {
            ApiOperation.Chat => ChatEndpoint.ServeAsync(exchange),
            ApiOperation.Responses => ResponsesEndpoint.ServeAsync(exchange),
            ApiOperation.Speech => SpeechEndpoint.ServeAsync(exchange),
            ApiOperation.Listen => ListenEndpoint.ServeAsync(exchange),
            _ => EmbeddingsEndpoint.ServeAsync(exchange),
        });
    }

    private static Task RejectAsync(Exchange exchange, int status, JsonObject body)
    {
        exchange.Draft.ErrorType = Errors.TypeOf(exchange.Provider, body);
        return exchange.SendJsonAsync(status, body);
    }

    private async Task<(ApiRequest? Request, string? Problem)> ReadAsync(HttpContext http, ApiRoute route)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        var start = SeededRandom.Hash((ulong)options.Seed, Encoding.UTF8.GetBytes(http.Request.Path.Value!));
        var fingerprint = SeededRandom.Hash(start, bytes.Span);
        if (route.Operation == ApiOperation.Listen)
        {
            return WavHeader.Read(bytes.Span) is { } audio
                ? (Recording(http, route, fingerprint, audio), null)
                : (null, "Bad Request: failed to process audio: corrupt or unsupported data");
        }

        try
        {
            using var json = JsonDocument.Parse(bytes);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? (ApiRequest.Parse(route, fingerprint, json.RootElement), null)
                : (null, "The body is not a JSON object.");
        }
        catch (JsonException)
        {
            return (null, "The body is not valid JSON.");
        }
    }

    private static ApiRequest Recording(HttpContext http, ApiRoute route, ulong fingerprint, WavHeader audio) => new()
    {
        Route = route,
        Fingerprint = fingerprint,
        Model = http.Request.Query["model"].FirstOrDefault() ?? "base",
        AudioSeconds = audio.Seconds,
        Channels = audio.Channels,
    };

    private static (string? Model, (Directives Read, string? Problem) Directives) Forced(
        HttpContext http, ApiRequest? request)
    {
        var directives = new Directives();
        var problem = directives.Add(http.Request.Headers["x-sim"]);
        var model = request?.Route.Deployment ?? request?.Model;
        if (model?.IndexOf('#', StringComparison.Ordinal) is { } hash and >= 0)
        {
            problem ??= directives.Add(model[(hash + 1)..]);
            model = model[..hash];
        }

        return (model, (directives, problem));
    }

    private Exchange Plain(HttpContext http, LedgerDraft draft, ApiRoute route) =>
        new(http, draft, NewPace(), stopping)
        {
            Provider = options.Provider,
            Request = new ApiRequest { Route = route, Fingerprint = 0 },
            Plan = new RequestPlan
            {
                ServedModel = string.Empty,
                Tokens = new TokenCounts(0, Output: null, Cached: null, Reasoning: null),
                TextSeed = 0,
                ResponseId = string.Empty,
            },
        };

    private Pace NewPace() => new(options.Speed, options.TimeProvider);
}
