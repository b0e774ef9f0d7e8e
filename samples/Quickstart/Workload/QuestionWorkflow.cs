using LlmMetrics;

namespace Quickstart.Workload;

/// <summary>Three agents answer a question. What they call is attributed to them without being told.</summary>
public sealed class QuestionWorkflow(LlmMetricsRuntime metrics, ModelClients clients, string? model)
{
    private const string Instruction = "Answer in one plain sentence.";

    private readonly OfficialCalls _official = new(clients.Official);
    private readonly PlainCalls _plain = new(clients.Plain);
    private readonly BusinessCounter _questions = metrics.Business.Counter(
        "app.questions", ["source"], description: "Questions that the workflow was asked.");

    /// <summary>Runs the workflow.</summary>
    public Task<string> RunAsync(string question, CancellationToken cancellationToken)
    {
        _questions.Add(1, "quickstart");

        // snippet:workflow
        return metrics.MeasureWorkflowAsync("answer_question", async token =>
        {
            var plan = await metrics.MeasureAgentAsync("planner", t => AskAsync("gpt-4o-mini", question, t), token);
            await metrics.MeasureAgentAsync("researcher", t => ResearchAsync(plan, t), token);
            return await metrics.MeasureAgentAsync("writer", t => AskAsync("gpt-4o", $"Write: {plan}", t), token);
        }, cancellationToken);
        // end-snippet
    }

    private async Task ResearchAsync(string plan, CancellationToken cancellationToken)
    {
        await metrics.MeasureToolAsync("search_notes", SearchAsync, cancellationToken);
        await _plain.ChatStreamAsync(Item("gpt-4.1-mini", $"Find out: {plan}"), cancellationToken);
    }

    private static async Task SearchAsync(CancellationToken cancellationToken) =>
        await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);

    private Task<string> AskAsync(string usual, string question, CancellationToken cancellationToken) =>
        _official.ChatAsync(Item(usual, question), cancellationToken);

    private WorkItem Item(string usual, string question) =>
        new(WorkKind.OfficialChat, model ?? usual, Instruction, question, IncludeUsage: true, LeaveAfter: null);
}
