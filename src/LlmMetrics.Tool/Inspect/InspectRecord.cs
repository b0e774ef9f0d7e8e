using System.Globalization;
using LlmMetrics.Facts;

namespace LlmMetrics.Tool.Inspect;

/// <summary>The canonical record of one recorded answer. Null is what the answer does not say.</summary>
internal sealed record InspectRecord
{
    public required string File { get; init; }

    public string? Provider { get; init; }

    public string? Operation { get; init; }

    public string? Model { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long? CachedInputTokens { get; init; }

    public long? CacheWriteInputTokens { get; init; }

    public long? ReasoningOutputTokens { get; init; }

    public string? UsageSource { get; init; }

    public string? Outcome { get; init; }

    public string? ErrorType { get; init; }

    public decimal? CostUsd { get; init; }

    public string? CostSource { get; init; }

    /// <summary>Whether anything is known of what was used.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsKnown { get; init; }

    public static InspectRecord Of(string file, in LlmCall call)
    {
        ref readonly var data = ref LlmCall.Data(in call);
        var closed = data.Closed;
        return new InspectRecord
        {
            File = file,
            Provider = call.Provider,
            Operation = call.Operation,
            Model = call.ResponseModel ?? call.RequestModel,
            InputTokens = call.InputTokens,
            OutputTokens = call.OutputTokens,
            CachedInputTokens = call.CachedInputTokens,
            CacheWriteInputTokens = call.CacheWriteInputTokens,
            ReasoningOutputTokens = call.ReasoningOutputTokens,
            UsageSource = closed.Text(FactField.UsageSource),
            Outcome = closed.Text(FactField.Outcome),
            ErrorType = call.ErrorType,

            // A decimal has the 15 digits that are exact, and is written without an exponent.
            CostUsd = (decimal?)call.CostUsd,
            CostSource = call.CostUsd is null ? null : closed.Text(FactField.CostSource),
            IsKnown = (call.InputTokens ?? call.OutputTokens ?? call.Characters ?? call.Images ?? call.Pages) is not
                null || (call.AudioSeconds ?? call.CostUsd) is not null,
        };
    }

    /// <summary>The fields as names and texts, in the order of the JSON.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<(string Name, string? Text)> Fields =>
    [
        ("file", File),
        ("provider", Provider),
        ("operation", Operation),
        ("model", Model),
        ("input_tokens", Number(InputTokens)),
        ("output_tokens", Number(OutputTokens)),
        ("cached_input_tokens", Number(CachedInputTokens)),
        ("cache_write_input_tokens", Number(CacheWriteInputTokens)),
        ("reasoning_output_tokens", Number(ReasoningOutputTokens)),
        ("usage_source", UsageSource),
        ("outcome", Outcome),
        ("error_type", ErrorType),
        ("cost_usd", CostUsd?.ToString(CultureInfo.InvariantCulture)),
        ("cost_source", CostSource),
    ];

    private static string? Number(long? figure) => figure?.ToString(CultureInfo.InvariantCulture);
}
