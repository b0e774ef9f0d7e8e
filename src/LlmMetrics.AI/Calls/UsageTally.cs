using LlmMetrics.Facts;
using LlmMetrics.Http;
using LlmMetrics.Llm;
using Microsoft.Extensions.AI;

namespace LlmMetrics.AI.Calls;

/// <summary>
/// The usage that an answer tells, however often. Within a response the last figure of a kind counts, because streams
/// repeat and grow theirs; responses that follow each other (calls of tools in between) are summed.
/// </summary>
internal sealed class UsageTally
{
    private static readonly LlmField[] _fields =
    [
        LlmField.InputTokens, LlmField.OutputTokens, LlmField.TotalTokens, LlmField.CachedInputTokens,
        LlmField.CacheWriteInputTokens, LlmField.ReasoningOutputTokens, LlmField.InputAudioTokens,
        LlmField.OutputAudioTokens, LlmField.InputImageTokens, LlmField.WebSearches,
    ];

    private readonly long?[] _last = new long?[_fields.Length];
    private readonly long?[] _before = new long?[_fields.Length];
    private string? _responseId;

    public void Add(string? responseId, UsageDetails usage)
    {
        if (_responseId is not null && responseId is not null && responseId != _responseId)
        {
            Commit();
        }

        _responseId = responseId ?? _responseId;
        if (usage.AdditionalCounts is { } counts)
        {
            foreach (var (name, count) in counts)
            {
                Set(FieldOf(name), count);
            }
        }

        Set(LlmField.InputTokens, usage.InputTokenCount);
        Set(LlmField.OutputTokens, usage.OutputTokenCount);
        Set(LlmField.TotalTokens, usage.TotalTokenCount);
        Set(LlmField.CachedInputTokens, usage.CachedInputTokenCount);
        Set(LlmField.ReasoningOutputTokens, usage.ReasoningTokenCount);
        Set(LlmField.InputAudioTokens, usage.InputAudioTokenCount);
        Set(LlmField.OutputAudioTokens, usage.OutputAudioTokenCount);
    }

    /// <summary>Writes the figures, cached and reasoning tokens included; false if no tokens are among them.</summary>
    public bool TryWrite(string operation, ref FactData fact)
    {
        var scanner = ScannerPool.Rent();
        var capture = scanner.Capture;
        capture.Reset();
        for (var i = 0; i < _fields.Length; i++)
        {
            if (_last[i] is not null || _before[i] is not null)
            {
                capture.SetFigure(_fields[i], (_last[i] ?? 0) + (_before[i] ?? 0));
            }
        }

        // Adapters are told to give inclusive counts; of those that do not, the total gives most away.
        var isKnown = UsageNormalizer.TryWrite(capture, OpenAiProtocols.Completions, operation, ref fact);
        ScannerPool.Return(scanner);
        return isKnown;
    }

    /// <summary>Names that adapters use: those of the official ones, and older ones of the typed properties.</summary>
    private static LlmField FieldOf(string name) => name switch
    {
        "CacheCreationInputTokens" or "CacheWriteInputTokens" or "InputTokenDetails.CacheWriteTokenCount"
            or "cache_creation_input_tokens" => LlmField.CacheWriteInputTokens,
        "CacheReadInputTokens" or "InputTokenDetails.CachedTokenCount" or "cache_read_input_tokens"
            => LlmField.CachedInputTokens,
        "OutputTokenDetails.ReasoningTokenCount" => LlmField.ReasoningOutputTokens,
        "InputTokenDetails.AudioTokenCount" => LlmField.InputAudioTokens,
        "OutputTokenDetails.AudioTokenCount" => LlmField.OutputAudioTokens,
        "InputTokenDetails.ImageTokenCount" => LlmField.InputImageTokens,
        "WebSearchRequests" => LlmField.WebSearches,
        _ => LlmField.None,
    };

    private void Set(LlmField field, long? figure)
    {
        if (figure >= 0 && Array.IndexOf(_fields, field) is var at and >= 0)
        {
            _last[at] = figure;
        }
    }

    private void Commit()
    {
        for (var i = 0; i < _fields.Length; i++)
        {
            _before[i] = _last[i] is null ? _before[i] : _last[i] + (_before[i] ?? 0);
            _last[i] = null;
        }
    }
}
