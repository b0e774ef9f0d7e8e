namespace LlmMetrics;

/// <summary>
/// An interface of a model server that the library does not know: which requests go to it, and where its answers say
/// what was used. Add it to <see cref="LlmMetricsHandlerOptions.Apis"/>.
/// </summary>
/// <remarks>
/// A place is a path of member names, such as <c>meta.usage.input</c>, at most eight deep; arrays are passed over. It
/// is looked for in JSON answers and in every server-sent event, where the last value that is not null counts.
/// Nothing else of the answer is read.
/// </remarks>
public sealed class LlmApi
{
    /// <summary>Describes an interface.</summary>
    /// <param name="provider">Name of the provider (<c>gen_ai.provider.name</c>); a metric tag.</param>
    /// <param name="path">End of the path of its requests, such as <c>/v2/generate</c>.</param>
    /// <exception cref="ArgumentException">Thrown if a text is empty.</exception>
    public LlmApi(string provider, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(provider);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        (Provider, Path) = (provider, path);
    }

    /// <summary>Name of the provider (<c>gen_ai.provider.name</c>).</summary>
    public string Provider { get; }

    /// <summary>End of the path of its requests.</summary>
    public string Path { get; }

    /// <summary>Host that it answers at, as in <see cref="LlmMetricsHandlerOptions.ProviderHosts"/>.</summary>
    /// <value>Null: any host, so choose a path that nothing else of the app has.</value>
    public string? Host { get; init; }

    /// <summary>What is asked for; see <see cref="LlmOperation"/>.</summary>
    /// <value><see cref="LlmOperation.Chat"/>.</value>
    public string Operation { get; init; } = LlmOperation.Chat;

    /// <summary>
    /// Path of a known interface that it speaks like, such as <c>/v1/messages</c>, for a gateway that only has other
    /// addresses. The places below are then not used.
    /// </summary>
    /// <value>Null: it speaks like none.</value>
    public string? SpeaksLike { get; init; }

    /// <summary>Place of the requested model in the request.</summary>
    /// <value><c>model</c>.</value>
    public string RequestModel { get; init; } = "model";

    /// <summary>Place of the served model in the answer.</summary>
    /// <value><c>model</c>.</value>
    public string ResponseModel { get; init; } = "model";

    /// <summary>Place of an error's type in the answer; one that is there makes the call an error.</summary>
    /// <value><c>error.type</c>.</value>
    public string ErrorType { get; init; } = "error.type";

    /// <summary>Whether cached tokens are counted beside the input, so that they have to be added.</summary>
    /// <value>False: they are part of it.</value>
    public bool IsCachedBesideInput { get; init; }

    /// <summary>Whether reasoning is counted beside the output, so that it has to be added.</summary>
    /// <value>False: it is part of it.</value>
    public bool IsReasoningBesideOutput { get; init; }

    /// <summary>
    /// Places of figures in the answer: tokens, <see cref="FactValue.CostUsd"/>, <see cref="FactValue.WebSearches"/>,
    /// <see cref="FactValue.AudioSeconds"/>, <see cref="FactValue.Images"/>, <see cref="FactValue.Pages"/> and
    /// <see cref="FactValue.Characters"/>.
    /// </summary>
    /// <value>Empty.</value>
    public IDictionary<string, FactValue> Figures { get; } = new Dictionary<string, FactValue>(StringComparer.Ordinal);
}
