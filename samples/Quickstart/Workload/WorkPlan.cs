namespace Quickstart.Workload;

/// <summary>The requests of a run: the same ones for the same number, so that a run can be repeated.</summary>
public static class WorkPlan
{
    /// <summary>A model of one's own that no price list knows: its calls are unpriced, not free.</summary>
    public const string UnpricedModel = "house-model-1";

    // So many requests go with one workflow of agents.
    private const int RequestsPerWorkflow = 20;

    // Prime, so that the requests which are left midway move through all kinds of streams.
    private const int LeaveEvery = 13;

    private static readonly WorkKind[] _kinds =
    [
        WorkKind.OfficialChat,
        WorkKind.OfficialChatStream,
        WorkKind.OfficialEmbeddings,
        WorkKind.PlainChatStream,
        WorkKind.OfficialResponse,
        WorkKind.OfficialChat,
        WorkKind.OfficialResponseStream,
        WorkKind.PlainChat,
        WorkKind.OfficialChatStream,
        WorkKind.PlainChatStream,
    ];

    private static readonly string[] _models = ["gpt-4o-mini", "gpt-4o", "gpt-4.1-mini", "gpt-5-mini"];

    private static readonly string[] _simulatedModels = [.. _models, UnpricedModel];

    private static readonly string[] _topics =
        ["rivers", "bridges", "clocks", "lighthouses", "printing", "salt", "maps", "canals", "glass"];

    // Providers cache prompts of 1,024 tokens or more, about four characters each.
    private static readonly string _handbook = string.Concat(Enumerable.Range(1, 90).Select(static rule =>
        $"Rule {rule}: answer in one plain sentence, and say so when you don't know. "));

    /// <summary>How many workflows go with so many requests.</summary>
    public static int Workflows(int requests) => Math.Max(1, requests / RequestsPerWorkflow);

    /// <summary>How many of them have begun after so many of the requests.</summary>
    public static int WorkflowsBegun(int sent, int requests) =>
        sent == requests ? Workflows(requests) : sent / RequestsPerWorkflow;

    /// <summary>What the workflow of this number is asked.</summary>
    public static string Question(int number) =>
        $"Workflow {number}: what should everyone know about {_topics[number % _topics.Length]}?";

    /// <summary>The requests of a run.</summary>
    public static IEnumerable<WorkItem> Create(QuickstartOptions options) =>
        Enumerable.Range(0, options.Requests).Select(number => Item(number, options));

    private static WorkItem Item(int number, QuickstartOptions options)
    {
        var kind = _kinds[number % _kinds.Length];
        if (kind == WorkKind.OfficialEmbeddings && options.Model is not null)
        {
            // One model rarely does both.
            kind = WorkKind.OfficialChat;
        }

        var streamed = kind is WorkKind.OfficialChatStream or WorkKind.OfficialResponseStream
            or WorkKind.PlainChatStream;
        return new WorkItem(
            kind,
            kind == WorkKind.OfficialEmbeddings ? "text-embedding-3-small" : Model(number, options),
            number % 7 < 2 ? _handbook : "Answer in one plain sentence.",
            $"Question {number}: what should everyone know about {_topics[number % _topics.Length]}?",
            IncludeUsage: number % 20 != 3,
            LeaveAfter: streamed && number % LeaveEvery == 1 ? 1 + (number % 5) : null);
    }

    private static string Model(int number, QuickstartOptions options)
    {
        var models = options.Provider is null ? _simulatedModels : _models;
        return options.Model ?? models[number / 3 % models.Length];
    }
}
