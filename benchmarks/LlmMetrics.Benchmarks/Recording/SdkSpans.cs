using System.Runtime.CompilerServices;

namespace LlmMetrics.Benchmarks.Recording;

/// <summary>
/// Hand-written code, second style: tags in an array on the stack, handed over as spans, so that nothing is copied
/// between the call site and the listener.
/// </summary>
internal static class SdkSpans
{
    private static readonly object _port = 443;

    public static void Record(in CallInput call)
    {
        var usageTags = default(Tags7);
        Span<KeyValuePair<string, object?>> usage = usageTags;
        usage[0] = new("gen_ai.operation.name", call.Operation);
        usage[1] = new("gen_ai.provider.name", call.Provider);
        usage[2] = new("gen_ai.request.model", call.RequestModel);
        usage[3] = new("gen_ai.response.model", call.ResponseModel);
        usage[4] = new("server.address", call.Server);
        usage[5] = new("server.port", _port);
        SdkInstruments.Duration.Record(call.Duration.TotalSeconds, usage[..6]);
        usage[6] = new("gen_ai.token.type", "input");
        SdkInstruments.TokenUsage.Record(call.InputTokens, usage);
        usage[6] = new("gen_ai.token.type", "output");
        SdkInstruments.TokenUsage.Record(call.OutputTokens, usage);

        // Provider and model stand together, so that a slice serves the instruments with little else.
        var attributedTags = default(Tags7);
        Span<KeyValuePair<string, object?>> attributed = attributedTags;
        attributed[0] = new("outcome", "ok");
        attributed[1] = new("operation", call.Operation);
        attributed[2] = new("provider", call.Provider);
        attributed[3] = new("model", call.ResponseModel);
        attributed[4] = new("feature", call.Feature);
        attributed[5] = new("agent", call.Agent);
        attributed[6] = new("tenant", call.Tenant);
        SdkInstruments.Calls.Add(1, attributed);
        attributed[0] = new("type", "input");
        SdkInstruments.Tokens.Add(call.InputTokens, attributed);
        attributed[0] = new("type", "output");
        SdkInstruments.Tokens.Add(call.OutputTokens, attributed);
        attributed[0] = new("type", "cache_read");
        SdkInstruments.Tokens.Add(call.CachedTokens, attributed);

        var rates = call.Rates;
        var cost = ((call.InputTokens - call.CachedTokens) * rates.Input) + (call.CachedTokens * rates.Cached)
            + (call.OutputTokens * rates.Output);
        attributed[0] = new("source", "catalogue");
        SdkInstruments.Cost.Add(cost / 1e6, attributed);
        attributed[4] = new("cache", "provider");
        SdkInstruments.Savings.Add(call.CachedTokens * (rates.Input - rates.Cached) / 1e6, attributed[2..5]);
        attributed[3] = new("model", call.RequestModel);
        SdkInstruments.Attempts.Add(1, attributed[2..4]);
    }

    [InlineArray(7)]
    private struct Tags7
    {
        private KeyValuePair<string, object?> _first;
    }
}
