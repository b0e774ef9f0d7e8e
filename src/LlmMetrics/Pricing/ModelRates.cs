namespace LlmMetrics;

/// <summary>What a model costs, in US dollars: for prices of your own.</summary>
/// <remarks>
/// A rate that is not set does not exist: cached, reasoning, audio and image tokens without a rate of their own are
/// charged as the input or output that they are part of. Use of something that has no rate at all leaves the call
/// unpriced. Rates are from 0 to 1,000,000.
/// </remarks>
public sealed class ModelRates
{
    /// <summary>Rates of a model that costs nothing, such as one that you host and do not charge for.</summary>
    public static ModelRates Free { get; } = new() { InputPerMillion = 0, OutputPerMillion = 0 };

    /// <summary>Per million input tokens.</summary>
    /// <value>The default is null: none.</value>
    public double? InputPerMillion { get; init; }

    /// <summary>Per million output tokens, reasoning included.</summary>
    /// <value>The default is null: none.</value>
    public double? OutputPerMillion { get; init; }

    /// <summary>Per million input tokens read from the provider's cache.</summary>
    /// <value>The default is null: as input.</value>
    public double? CacheReadPerMillion { get; init; }

    /// <summary>Per million input tokens written to the provider's cache for the shorter time (5 minutes).</summary>
    /// <value>The default is null: as input.</value>
    public double? CacheWritePerMillion { get; init; }

    /// <summary>Per million input tokens written to the provider's cache for an hour.</summary>
    /// <value>
    /// The default is null: as input, or unpriced if <see cref="CacheWritePerMillion"/> is set.
    /// </value>
    public double? CacheWrite1HourPerMillion { get; init; }

    /// <summary>Per million output tokens spent on reasoning.</summary>
    /// <value>The default is null: as output.</value>
    public double? ReasoningPerMillion { get; init; }

    /// <summary>Per million input tokens that stand for audio.</summary>
    /// <value>The default is null: as input.</value>
    public double? InputAudioPerMillion { get; init; }

    /// <summary>Per million output tokens that stand for audio.</summary>
    /// <value>The default is null: as output.</value>
    public double? OutputAudioPerMillion { get; init; }

    /// <summary>Per million input tokens that stand for images.</summary>
    /// <value>The default is null: as input.</value>
    public double? InputImagePerMillion { get; init; }

    /// <summary>Per million output tokens that stand for images.</summary>
    /// <value>The default is null: as output.</value>
    public double? OutputImagePerMillion { get; init; }

    /// <summary>Per thousand calls, whatever they used, beside what they used.</summary>
    /// <value>The default is null: none.</value>
    public double? PerThousandRequests { get; init; }

    /// <summary>Per thousand web searches.</summary>
    /// <value>The default is null: none; a call with searches is unpriced unless it is billed per request.</value>
    public double? PerThousandWebSearches { get; init; }

    /// <summary>Per thousand characters given to a speech model.</summary>
    /// <value>The default is null: none.</value>
    public double? PerThousandCharacters { get; init; }

    /// <summary>Per thousand images made.</summary>
    /// <value>The default is null: none.</value>
    public double? PerThousandImages { get; init; }

    /// <summary>Per hour of audio, over all channels.</summary>
    /// <value>The default is null: none.</value>
    public double? PerAudioHour { get; init; }

    /// <summary>Seconds of audio that are charged at least for each call.</summary>
    /// <value>The default is null: no minimum.</value>
    public double? MinimumAudioSeconds { get; init; }
}
