using LlmMetrics;

namespace BrowserAgent;

/// <summary>Answers messages of the extension: a page that was visited, or a question.</summary>
public sealed class SofiaAgent(LlmMetricsRuntime metrics, GaianetNode node)
{
    private const string Page = "page:";

    private readonly BusinessCounter _received = metrics.Business.Counter(
        "messages.received", unit: "{message}", description: "Messages from the extension.");

    /// <summary>Answers one.</summary>
    public async Task<string> AnswerAsync(string message, CancellationToken cancellationToken)
    {
        _received.Add();
        try
        {
            return await metrics.MeasureAgentAsync(
                "sofia",
                token => message.StartsWith(Page, StringComparison.Ordinal)
                    ? node.ReadAsync(message[Page.Length..], token)
                    : node.AnswerAsync(message, token),
                cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            metrics.Record(new ErrorEvent { ErrorType = exception.GetType().Name, Severity = "error" });
            return "I could not reach my node. Please try again.";
        }
    }
}
