using System.Diagnostics;
using LlmMetrics.Facts;

namespace LlmMetrics;

/// <summary>One operation on a language model, from the request to the end of its answer.</summary>
/// <remarks>
/// Field names follow the OpenTelemetry GenAI conventions 1.41. Input and output tokens are inclusive: cached
/// tokens are part of the input, reasoning is part of the output. What is not set is unknown, which is never the
/// same as zero. Text fields are bounded by the cardinality guard; no field holds message content.
/// </remarks>
public readonly struct LlmCall
{
    private readonly FactData _data;

    /// <summary>An empty fact, of outcome <see cref="LlmOutcome.Ok"/>.</summary>
    public LlmCall() => _data.Closed.HasOutcome = true;

    internal LlmCall(in FactData data) => _data = data;

    /// <summary>Provider of the model (<c>gen_ai.provider.name</c>), such as <c>openai</c>.</summary>
    public string? Provider
    {
        get => _data.KeyFields[(int)FactField.Provider];
        init => _data.KeyFields[(int)FactField.Provider] = value;
    }

    /// <summary>What was asked for (<c>gen_ai.operation.name</c>); see <see cref="LlmOperation"/>.</summary>
    public string? Operation
    {
        get => _data.KeyFields[(int)FactField.Operation];
        init => _data.KeyFields[(int)FactField.Operation] = value;
    }

    /// <summary>Model that was asked for.</summary>
    public string? RequestModel
    {
        get => _data.KeyFields[(int)FactField.RequestModel];
        init => _data.KeyFields[(int)FactField.RequestModel] = value;
    }

    /// <summary>Model that answered; it governs the price.</summary>
    public string? ResponseModel
    {
        get => _data.KeyFields[(int)FactField.ResponseModel];
        init => _data.KeyFields[(int)FactField.ResponseModel] = value;
    }

    /// <summary>Host name of the server.</summary>
    public string? ServerAddress
    {
        get => _data.KeyFields[(int)FactField.ServerAddress];
        init => _data.KeyFields[(int)FactField.ServerAddress] = value;
    }

    /// <summary>Port of the server.</summary>
    public int? ServerPort
    {
        get => _data.Closed.ServerPort is var value and not 0 ? value : null;
        init => _data.Closed.ServerPort = value ?? 0;
    }

    /// <summary>Service tier that was served.</summary>
    public string? ServiceTier
    {
        get => _data.KeyFields[(int)FactField.ServiceTier];
        init => _data.KeyFields[(int)FactField.ServiceTier] = value;
    }

    /// <summary>Feature of the app; taken from the current scope unless set.</summary>
    public string? Feature
    {
        get => _data.KeyFields[(int)FactField.Feature];
        init => _data.KeyFields[(int)FactField.Feature] = value;
    }

    /// <summary>Task within the feature; taken from the current scope unless set.</summary>
    public string? Task
    {
        get => _data.KeyFields[(int)FactField.Task];
        init => _data.KeyFields[(int)FactField.Task] = value;
    }

    /// <summary>Agent that made the call; taken from the current scope unless set.</summary>
    public string? Agent
    {
        get => _data.KeyFields[(int)FactField.Agent];
        init => _data.KeyFields[(int)FactField.Agent] = value;
    }

    /// <summary>Workflow that it belongs to; taken from the current scope unless set.</summary>
    public string? Workflow
    {
        get => _data.KeyFields[(int)FactField.Workflow];
        init => _data.KeyFields[(int)FactField.Workflow] = value;
    }

    /// <summary>Tenant that it is made for; taken from the current scope unless set.</summary>
    public string? Tenant
    {
        get => _data.KeyFields[(int)FactField.Tenant];
        init => _data.KeyFields[(int)FactField.Tenant] = value;
    }

    /// <summary>How it ended. The default is <see cref="LlmOutcome.Ok"/>.</summary>
    public LlmOutcome Outcome
    {
        get => (LlmOutcome)_data.Closed.Outcome;
        init => (_data.Closed.Outcome, _data.Closed.HasOutcome) = ((int)value, true);
    }

    /// <summary>Kind of the error: an HTTP status code, an exception type, a provider's error type.</summary>
    /// <remarks>Keep it of low cardinality; never put a message here.</remarks>
    public string? ErrorType
    {
        get => _data.KeyFields[(int)FactField.ErrorType];
        init => _data.KeyFields[(int)FactField.ErrorType] = value;
    }

    /// <summary>HTTP status code, if there was an answer.</summary>
    public int? StatusCode
    {
        get => _data.Closed.StatusCode is var value and not 0 ? value : null;
        init => _data.Closed.StatusCode = value ?? 0;
    }

    /// <summary>Whether the provider refused the call for its rate.</summary>
    public bool IsRateLimited
    {
        get => _data.Closed.RateLimited;
        init => _data.Closed.RateLimited = value;
    }

    /// <summary>Whether the answer was streamed.</summary>
    public bool IsStreaming
    {
        get => _data.Closed.Streaming;
        init => _data.Closed.Streaming = value;
    }

    /// <summary>What the app's own cache did.</summary>
    public CacheResult Cache
    {
        get => (CacheResult)_data.Closed.Cache;
        init => _data.Closed.Cache = (int)value;
    }

    /// <summary>Tries that the operation took; more than 31 are counted as 31.</summary>
    public int? Attempts
    {
        get => _data.Closed.Attempts is var value and not 0 ? value : null;
        init => _data.Closed.Attempts = value ?? 0;
    }

    /// <summary>Whether this is an operation with all its tries, or one try.</summary>
    public CallScope Scope
    {
        get => (CallScope)_data.Closed.Scope;
        init => _data.Closed.Scope = (int)value;
    }

    /// <summary>Where the token counts come from. Set it with them.</summary>
    public UsageSource UsageSource
    {
        get => (UsageSource)_data.Closed.UsageSource;
        init => _data.Closed.UsageSource = (int)value;
    }

    /// <summary>Why there are no token counts.</summary>
    public UsageMissingReason UsageMissing
    {
        get => (UsageMissingReason)_data.Closed.UsageMissing;
        init => _data.Closed.UsageMissing = (int)value;
    }

    /// <summary>Input tokens, cached ones included.</summary>
    public long? InputTokens
    {
        get => _data.Long(FactValue.InputTokens) ?? _data.Long(FactValue.EstimatedInputTokens);
        init => _data.Set(FactValue.InputTokens, value);
    }

    /// <summary>Output tokens, reasoning included.</summary>
    public long? OutputTokens
    {
        get => _data.Long(FactValue.OutputTokens) ?? _data.Long(FactValue.EstimatedOutputTokens);
        init => _data.Set(FactValue.OutputTokens, value);
    }

    /// <summary>Those of the input tokens that came from the provider's cache.</summary>
    public long? CachedInputTokens
    {
        get => _data.Long(FactValue.CachedInputTokens);
        init => _data.Set(FactValue.CachedInputTokens, value);
    }

    /// <summary>Those of the input tokens that were written to the provider's cache.</summary>
    public long? CacheWriteInputTokens
    {
        get => _data.Long(FactValue.CacheWriteInputTokens);
        init => _data.Set(FactValue.CacheWriteInputTokens, value);
    }

    /// <summary>Those of the cache-write tokens that are kept for an hour.</summary>
    public long? CacheWrite1HourInputTokens
    {
        get => _data.Long(FactValue.CacheWrite1HourInputTokens);
        init => _data.Set(FactValue.CacheWrite1HourInputTokens, value);
    }

    /// <summary>Those of the output tokens that were spent on reasoning.</summary>
    public long? ReasoningOutputTokens
    {
        get => _data.Long(FactValue.ReasoningOutputTokens);
        init => _data.Set(FactValue.ReasoningOutputTokens, value);
    }

    /// <summary>Those of the input tokens that stand for audio.</summary>
    public long? InputAudioTokens
    {
        get => _data.Long(FactValue.InputAudioTokens);
        init => _data.Set(FactValue.InputAudioTokens, value);
    }

    /// <summary>Those of the cached input tokens that stand for audio.</summary>
    public long? CachedInputAudioTokens
    {
        get => _data.Long(FactValue.CachedInputAudioTokens);
        init => _data.Set(FactValue.CachedInputAudioTokens, value);
    }

    /// <summary>Those of the cached input tokens that stand for images.</summary>
    public long? CachedInputImageTokens
    {
        get => _data.Long(FactValue.CachedInputImageTokens);
        init => _data.Set(FactValue.CachedInputImageTokens, value);
    }

    /// <summary>Those of the output tokens that stand for audio.</summary>
    public long? OutputAudioTokens
    {
        get => _data.Long(FactValue.OutputAudioTokens);
        init => _data.Set(FactValue.OutputAudioTokens, value);
    }

    /// <summary>Those of the input tokens that stand for images.</summary>
    public long? InputImageTokens
    {
        get => _data.Long(FactValue.InputImageTokens);
        init => _data.Set(FactValue.InputImageTokens, value);
    }

    /// <summary>Those of the output tokens that stand for images.</summary>
    public long? OutputImageTokens
    {
        get => _data.Long(FactValue.OutputImageTokens);
        init => _data.Set(FactValue.OutputImageTokens, value);
    }

    /// <summary>Those of the input tokens that stand for video.</summary>
    public long? InputVideoTokens
    {
        get => _data.Long(FactValue.InputVideoTokens);
        init => _data.Set(FactValue.InputVideoTokens, value);
    }

    /// <summary>Those of the output tokens that stand for video.</summary>
    public long? OutputVideoTokens
    {
        get => _data.Long(FactValue.OutputVideoTokens);
        init => _data.Set(FactValue.OutputVideoTokens, value);
    }

    /// <summary>Tokens of cited sources that the provider charged for, beside input and output.</summary>
    public long? CitationTokens
    {
        get => _data.Long(FactValue.CitationTokens);
        init => _data.Set(FactValue.CitationTokens, value);
    }

    /// <summary>Characters given to a speech model.</summary>
    public long? Characters
    {
        get => _data.Long(FactValue.Characters);
        init => _data.Set(FactValue.Characters, value);
    }

    /// <summary>Seconds of audio, over all channels.</summary>
    public double? AudioSeconds
    {
        get => _data.Double(FactValue.AudioSeconds);
        init => _data.Set(FactValue.AudioSeconds, value);
    }

    /// <summary>Channels of the audio; its seconds are over all of them. Unknown is taken as one.</summary>
    public long? AudioChannels
    {
        get => _data.Long(FactValue.AudioChannels);
        init => _data.Set(FactValue.AudioChannels, value);
    }

    /// <summary>Pages of documents that the model read, without annotations.</summary>
    public long? Pages
    {
        get => _data.Long(FactValue.Pages);
        init => _data.Set(FactValue.Pages, value);
    }

    /// <summary>Images made.</summary>
    public long? Images
    {
        get => _data.Long(FactValue.Images);
        init => _data.Set(FactValue.Images, value);
    }

    /// <summary>Web searches that the provider charged for.</summary>
    public long? WebSearches
    {
        get => _data.Long(FactValue.WebSearches);
        init => _data.Set(FactValue.WebSearches, value);
    }

    /// <summary>Searches in files that the provider charged for.</summary>
    public long? FileSearches
    {
        get => _data.Long(FactValue.FileSearches);
        init => _data.Set(FactValue.FileSearches, value);
    }

    /// <summary>
    /// Whether the call used something that is charged for and that no figure here tells, such as images that a tool
    /// made. No cost is computed then, because it would be too low; one that is set is taken.
    /// </summary>
    /// <value>The default is false.</value>
    public bool HasOtherCharges
    {
        get => _data.Closed.HasOtherCharges;
        init => _data.Closed.HasOtherCharges = value;
    }

    /// <summary>Cost in US dollars. Computed from the price catalogue unless set.</summary>
    public double? CostUsd
    {
        get => _data.Double(FactValue.CostUsd);
        init => _data.Set(FactValue.CostUsd, value);
    }

    /// <summary>How long it took. Unknown unless set.</summary>
    public TimeSpan? Duration
    {
        get => _data.Time(FactValue.Duration);
        init => _data.Set(FactValue.Duration, value);
    }

    /// <summary>Time from the request to the first chunk of a streamed answer.</summary>
    public TimeSpan? TimeToFirstChunk
    {
        get => _data.Time(FactValue.TimeToFirstChunk);
        init => _data.Set(FactValue.TimeToFirstChunk, value);
    }

    /// <summary>Trace and span that metrics link to as an exemplar. None unless set.</summary>
    public ActivityContext TraceContext
    {
        get => _data.Trace;
        init => _data.Trace = value;
    }

    internal static ref readonly FactData Data(in LlmCall fact) => ref fact._data;
}
