using System.Diagnostics;

namespace LlmMetrics.Benchmarks.Recording;

/// <summary>
/// Hand-written code, first style: static instruments and tag lists on the stack. Tag lists are shared between
/// instruments with the same tags, and only the type of tokens is replaced in them.
/// </summary>
internal static class SdkTagLists
{
    private static readonly object _port = 443;

    public static void Record(in CallInput call)
    {
        // The type comes last, so that it can be replaced and the rest stays.
        var usage = new TagList
        {
            { "gen_ai.operation.name", call.Operation },
            { "gen_ai.provider.name", call.Provider },
            { "gen_ai.request.model", call.RequestModel },
            { "gen_ai.response.model", call.ResponseModel },
            { "server.address", call.Server },
            { "server.port", _port },
        };
        SdkInstruments.Duration.Record(call.Duration.TotalSeconds, in usage);
        usage.Add("gen_ai.token.type", "input");
        SdkInstruments.TokenUsage.Record(call.InputTokens, in usage);
        usage[6] = new("gen_ai.token.type", "output");
        SdkInstruments.TokenUsage.Record(call.OutputTokens, in usage);

        var attributed = new TagList
        {
            { "operation", call.Operation },
            { "provider", call.Provider },
            { "model", call.ResponseModel },
            { "feature", call.Feature },
            { "agent", call.Agent },
            { "tenant", call.Tenant },
            { "outcome", "ok" },
        };
        SdkInstruments.Calls.Add(1, in attributed);
        attributed[6] = new("type", "input");
        SdkInstruments.Tokens.Add(call.InputTokens, in attributed);
        attributed[6] = new("type", "output");
        SdkInstruments.Tokens.Add(call.OutputTokens, in attributed);
        attributed[6] = new("type", "cache_read");
        SdkInstruments.Tokens.Add(call.CachedTokens, in attributed);

        var rates = call.Rates;
        var cost = ((call.InputTokens - call.CachedTokens) * rates.Input) + (call.CachedTokens * rates.Cached)
            + (call.OutputTokens * rates.Output);
        attributed[6] = new("source", "catalogue");
        SdkInstruments.Cost.Add(cost / 1e6, in attributed);

        SdkInstruments.Attempts.Add(1, new("provider", call.Provider), new("model", call.RequestModel));
        SdkInstruments.Savings.Add(
            call.CachedTokens * (rates.Input - rates.Cached) / 1e6,
            new("provider", call.Provider), new("model", call.ResponseModel), new("cache", "provider"));
    }
}
