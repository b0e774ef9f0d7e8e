namespace Quickstart.Workload;

/// <summary>The requests of a run: the same ones for the same number, so that a run can be repeated.</summary>
public static class WorkPlan
{
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

    private static readonly string[] _topics =
        ["rivers", "bridges", "clocks", "lighthouses", "printing", "salt", "maps", "canals", "glass"];

    // Providers cache prompts of 1,024 tokens or more, about four characters each.
    private static readonly string _handbook = string.Concat(Enumerable.Range(1, 90).Select(static rule =>
        $"Rule {rule}: answer in one plain sentence, and say so when you don't know. "));

    /// <summary>Requests number 0 to <paramref name="count"/> − 1.</summary>
    public static IEnumerable<WorkItem> Create(int count) => Enumerable.Range(0, count).Select(Item);

    private static WorkItem Item(int number)
    {
        var kind = _kinds[number % _kinds.Length];
        var streamed = kind is WorkKind.OfficialChatStream or WorkKind.OfficialResponseStream
            or WorkKind.PlainChatStream;
        return new WorkItem(
            kind,
            kind == WorkKind.OfficialEmbeddings ? "text-embedding-3-small" : _models[number / 3 % _models.Length],
            number % 7 < 2 ? _handbook : "Answer in one plain sentence.",
            $"Question {number}: what should everyone know about {_topics[number % _topics.Length]}?",
            IncludeUsage: number % 20 != 3,
            LeaveAfter: streamed && number % LeaveEvery == 1 ? 1 + (number % 5) : null);
    }
}
