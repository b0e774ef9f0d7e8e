using LlmMetrics.Facts;

namespace LlmMetrics.Collection;

/// <summary>Which facts count as errors, for metrics that count those alone.</summary>
internal static class FactErrors
{
    private const int ClientError = 400;
    private const int ServerError = 500;

    /// <summary>
    /// By the outcome; of HTTP as its conventions say: a server answers for 5xx only, to a client 4xx is an error too,
    /// and so is no answer.
    /// </summary>
    public static bool IsError(FactKind kind, in FactData fact) => kind switch
    {
        FactKind.HttpServerCall => fact.Closed.StatusCode >= ServerError,
        FactKind.HttpClientCall => fact.Closed.StatusCode >= ClientError || fact.Key(FactField.ErrorType) is not null,
        _ => fact.Closed.HasOutcome && fact.Closed.Outcome == (int)LlmOutcome.Error,
    };
}
