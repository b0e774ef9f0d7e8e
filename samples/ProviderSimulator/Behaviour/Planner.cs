using System.Collections.Concurrent;
using Simulator.OpenAi;

namespace Simulator.Behaviour;

/// <summary>
/// Decides what happens to a request from the seed, its body and how often that body came before: never from
/// the order of arrival, so a parallel run repeats exactly.
/// </summary>
internal sealed class Planner(SimulatorOptions options)
{
    private const int MaxFingerprints = 1_000_000;
    private const int SlowFactor = 10;
    private const int ReasoningBlock = 64;

    private readonly ModelTable _models = new(options.ServedModels);
    private readonly PrefixCache _cache = new(options.CacheMinimumTokens);
    private readonly ConcurrentDictionary<ulong, int> _occurrences = new();

    public RequestPlan Plan(ApiRequest request, string model, Directives forced)
    {
        var random = new SeededRandom(request.Fingerprint + ((ulong)Occurrence(request.Fingerprint) << 32));
        var served = _models.Served(model, request.Route.Azure);
        var (tokens, finish) = Tokens(request, served, forced, random);
        var chunks = ChunkCount(tokens);
        var faults = Faults.Draw(options.Faults, request.Stream, chunks, random, forced);

        // Faulted requests don't warm the cache: which of several requests is struck never changes the others.
        var cached = faults.Status is null
            ? _cache.Read(served, request.Prefix, Prompt.CountTokens(request.Prefix))
            : 0;
        var slow = faults.Slow ? SlowFactor : 1;
        return new RequestPlan
        {
            ServedModel = served,
            Tokens = tokens with { Cached = tokens.Cached is null ? null : Math.Min(cached, tokens.Input) },
            TextSeed = random.Next(),
            ResponseId = random.NextId(request.Route.Operation == ApiOperation.Responses ? "resp_" : "chatcmpl-"),
            FinishReason = finish,
            ChunkCount = chunks,
            TokensPerChunk = options.TokensPerChunk,
            FirstChunk = (Forced(forced.FirstChunkMs) ?? options.MeanTimeToFirstChunk * random.NextSkewed()) * slow,
            ChunkDelay = (Forced(forced.ChunkDelayMs) ?? options.MeanChunkDelay * random.NextSkewed()) * slow,
            Status = faults.Status,
            IsTooLong = request.InputTokens > options.ContextTokens,
            AbortAfter = faults.AbortAfter,
            ErrorAfter = faults.ErrorAfter,
            StallAfter = forced.StallAfter is { } stall ? Math.Min(stall, chunks) : null,
            TellUsage = !faults.NoUsage,
            SendDone = !forced.NoDone,
            Style = forced.Style,
        };
    }

    private static TimeSpan? Forced(int? milliseconds) =>
        milliseconds is { } value ? TimeSpan.FromMilliseconds(value) : null;

    private int Occurrence(ulong fingerprint) =>
        _occurrences.Count < MaxFingerprints || _occurrences.ContainsKey(fingerprint)
            ? _occurrences.AddOrUpdate(fingerprint, 0, static (_, count) => count + 1)
            : 0;

    private int ChunkCount(TokenCounts tokens) =>
        ((tokens.Output ?? 0) - (tokens.Reasoning ?? 0) + options.TokensPerChunk - 1) / options.TokensPerChunk;

    private (TokenCounts Tokens, string Finish) Tokens(
        ApiRequest request, string served, Directives forced, SeededRandom random)
    {
        if (request.Route.Operation is ApiOperation.Embeddings or ApiOperation.Speech or ApiOperation.Listen)
        {
            return (new TokenCounts(request.InputTokens, Output: null, Cached: null, Reasoning: null), "stop");
        }

        var visible = forced.Tokens ?? Math.Max(1, (int)(options.MeanOutputTokens * random.NextSkewed()));
        var reasoning = ModelTable.Reasons(served) ? ReasoningBlock * random.NextInt(1, 8) : 0;
        var finish = "stop";
        if (request.MaxOutputTokens is { } limit && reasoning + visible > limit)
        {
            // The limit counts reasoning too, and an answer of at least one visible token keeps streams simple.
            reasoning = Math.Min(reasoning, limit - 1);
            visible = limit - reasoning;
            finish = "length";
        }

        return (new TokenCounts(request.InputTokens, visible + reasoning, Cached: 0, reasoning), finish);
    }
}
