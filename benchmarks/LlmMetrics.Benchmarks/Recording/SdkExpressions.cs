using System.Runtime.CompilerServices;

namespace LlmMetrics.Benchmarks.Recording;

/// <summary>
/// Hand-written code, third style, written apart from the others: every update says its tags in a collection
/// expression, as the documentation of the instruments shows it; the compiler puts them on the stack, which is not
/// cleared first. Tags that differ between updates come first, so that a comparison ends early.
/// </summary>
[SkipLocalsInit]
internal static class SdkExpressions
{
    private static readonly object _https = 443;

    public static void Record(in CallInput call)
    {
        var (provider, operation, model) = (call.Provider, call.Operation, call.ResponseModel);
        SdkInstruments.Duration.Record(
            call.Duration.TotalSeconds,
            [
                new("gen_ai.request.model", call.RequestModel),
                new("gen_ai.response.model", model),
                new("gen_ai.provider.name", provider),
                new("gen_ai.operation.name", operation),
                new("server.address", call.Server),
                new("server.port", _https),
            ]);
        Usage(in call, "input", call.InputTokens);
        Usage(in call, "output", call.OutputTokens);

        SdkInstruments.Calls.Add(
            1,
            [
                new("model", model), new("feature", call.Feature), new("agent", call.Agent),
                new("tenant", call.Tenant), new("provider", provider), new("operation", operation),
                new("outcome", "ok"),
            ]);
        Tokens(in call, "input", call.InputTokens);
        Tokens(in call, "output", call.OutputTokens);
        Tokens(in call, "cache_read", call.CachedTokens);

        var rates = call.Rates;
        var paid = (rates.Input * (call.InputTokens - call.CachedTokens)) + (rates.Cached * call.CachedTokens)
            + (rates.Output * call.OutputTokens);
        SdkInstruments.Cost.Add(
            paid / 1e6,
            [
                new("model", model), new("feature", call.Feature), new("agent", call.Agent),
                new("tenant", call.Tenant), new("provider", provider), new("operation", operation),
                new("source", "catalogue"),
            ]);
        SdkInstruments.Savings.Add(
            (rates.Input - rates.Cached) * call.CachedTokens / 1e6,
            new("model", model), new("provider", provider), new("cache", "provider"));
        SdkInstruments.Attempts.Add(1, new("model", call.RequestModel), new("provider", provider));
    }

    private static void Usage(in CallInput call, string type, long tokens) => SdkInstruments.TokenUsage.Record(
        tokens,
        [
            new("gen_ai.token.type", type),
            new("gen_ai.request.model", call.RequestModel),
            new("gen_ai.response.model", call.ResponseModel),
            new("gen_ai.provider.name", call.Provider),
            new("gen_ai.operation.name", call.Operation),
            new("server.address", call.Server),
            new("server.port", _https),
        ]);

    private static void Tokens(in CallInput call, string type, long tokens) => SdkInstruments.Tokens.Add(
        tokens,
        [
            new("type", type), new("model", call.ResponseModel), new("feature", call.Feature),
            new("agent", call.Agent), new("tenant", call.Tenant), new("provider", call.Provider),
            new("operation", call.Operation),
        ]);
}
