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
    public static ModelRates Free => new() { InputPerMillion = 0, OutputPerMillion = 0 };

    /// <summary>Per million input tokens.</summary>
    /// <value>The default is null: none.</value>
    public double? InputPerMillion { get; set; }

    /// <summary>Per million output tokens, reasoning included.</summary>
    /// <value>The default is null: none.</value>
    public double? OutputPerMillion { get; set; }

    /// <summary>Per million input tokens read from the provider's cache.</summary>
    /// <value>The default is null: as input.</value>
    public double? CacheReadPerMillion { get; set; }

    /// <summary>Per million input tokens written to the provider's cache for the shorter time (5 minutes).</summary>
    /// <value>The default is null: as input.</value>
    public double? CacheWritePerMillion { get; set; }

    /// <summary>Per million input tokens written to the provider's cache for an hour.</summary>
    /// <value>
    /// The default is null: as input, or unpriced if <see cref="CacheWritePerMillion"/> is set.
    /// </value>
    public double? CacheWrite1HourPerMillion { get; set; }

    /// <summary>Per million output tokens spent on reasoning.</summary>
    /// <value>The default is null: as output.</value>
    public double? ReasoningPerMillion { get; set; }

    /// <summary>Per million input tokens that stand for audio.</summary>
    /// <value>The default is null: as input.</value>
    public double? InputAudioPerMillion { get; set; }

    /// <summary>Per million output tokens that stand for audio.</summary>
    /// <value>The default is null: as output.</value>
    public double? OutputAudioPerMillion { get; set; }

    /// <summary>Per million input tokens that stand for images.</summary>
    /// <value>The default is null: as input.</value>
    public double? InputImagePerMillion { get; set; }

    /// <summary>Per million output tokens that stand for images.</summary>
    /// <value>The default is null: as output.</value>
    public double? OutputImagePerMillion { get; set; }

    /// <summary>Per million input tokens that stand for video.</summary>
    /// <value>The default is null: as input.</value>
    public double? InputVideoPerMillion { get; set; }

    /// <summary>Per million output tokens that stand for video.</summary>
    /// <value>The default is null: as output.</value>
    public double? OutputVideoPerMillion { get; set; }

    /// <summary>Per million tokens of cited sources, which stand beside input and output.</summary>
    /// <value>The default is null: none.</value>
    public double? CitationPerMillion { get; set; }

    /// <summary>Per thousand calls, whatever they used, beside what they used.</summary>
    /// <value>The default is null: none.</value>
    public double? PerThousandRequests { get; set; }

    /// <summary>Per thousand web searches.</summary>
    /// <value>The default is null: none; a call with searches is unpriced unless it is billed per request.</value>
    public double? PerThousandWebSearches { get; set; }

    /// <summary>Per thousand searches in files.</summary>
    /// <value>The default is null: none; a call with such searches is unpriced.</value>
    public double? PerThousandFileSearches { get; set; }

    /// <summary>Per thousand characters given to a speech model.</summary>
    /// <value>The default is null: none.</value>
    public double? PerThousandCharacters { get; set; }

    /// <summary>Per thousand images made.</summary>
    /// <value>The default is null: none.</value>
    public double? PerThousandImages { get; set; }

    /// <summary>Per thousand pages of documents that the model read.</summary>
    /// <value>The default is null: none.</value>
    public double? PerThousandPages { get; set; }

    /// <summary>Per hour of audio, over all channels.</summary>
    /// <value>The default is null: none.</value>
    public double? PerAudioHour { get; set; }

    /// <summary>Seconds of audio that are charged at least for each call and channel.</summary>
    /// <value>The default is null: no minimum.</value>
    public double? MinimumAudioSeconds { get; set; }
}
